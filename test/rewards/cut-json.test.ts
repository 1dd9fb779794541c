import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutJson } from '../../src/rewards/cut-json.ts';

function cut(text: string, from = 0): unknown {
  const steps = cutJson(text, from);
  for (;;) {
    const step = steps.next();
    if (step.done !== true) continue;
    if (step.value === null) return null;
    const { pieces, end } = step.value;
    const parts = pieces.map(({ key, keyStart, start, end: behind }) => [key, keyStart, text.slice(start, behind)]);
    return { parts, rest: text.slice(end) };
  }
}

describe('cutting JSON', () => {
  test('finds members and where their names stand', () => {
    expect(cut('{"a" : "x\\"]}" , "b":[1,{"c":2}]} ')).toEqual({
      parts: [
        ['a', 1, '"x\\"]}"'],
        ['b', 17, '[1,{"c":2}]'],
      ],
      rest: ' ',
    });
    expect(cut('x [ ]', 2)).toEqual({ parts: [], rest: '' });
  });

  test('finds what JSON.parse finds', () => {
    const members = fc.dictionary(fc.stringMatching(/^[a-z ]{0,5}$/), fc.jsonValue(), { noNullPrototype: true });
    fc.assert(
      fc.property(fc.oneof(members, fc.array(fc.jsonValue())), fc.constantFrom(0, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const meant = JSON.parse(text);
        const found = cut(text) as { parts: [string, number, string][] };
        if (Array.isArray(value)) expect(found.parts.map(([, , part]) => JSON.parse(part))).toEqual(meant);
        else expect(found.parts.map(([key, , part]) => [key, JSON.parse(part)])).toEqual(Object.entries(meant));
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{a:1}',
    '{"a":1]',
    '["x',
    '[1,,2]',
    '[,1]',
    '{"a":1:2}',
    '["\\"]',
    '[1:2]',
  ])('says nothing about %s', (text) => expect(cut(text)).toBeNull());
});
