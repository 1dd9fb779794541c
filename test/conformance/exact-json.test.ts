import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactNumber, ExactObject, jsonLines, parseExactJson, writeExactJson } from './exact-json.ts';

describe('exact JSON', () => {
  it('keeps every digit of a number', () => {
    for (const text of ['9007199254740993', '0.10', '-1.5e-7', '1E+2', '123456789012345678901234567890.12345678901']) {
      expect(parseExactJson(text)).toEqual(new ExactNumber(text));
    }
  });

  it('keeps members in order, doubled ones and __proto__ too', () => {
    const object = parseExactJson(' {"b" : 1 , "__proto__":{"x":null},"b":[true,false]} ');
    expect(object).toBeInstanceOf(ExactObject);
    expect((object as ExactObject).entries.map(([name]) => name)).toEqual(['b', '__proto__', 'b']);
    expect((object as ExactObject).get('b')).toEqual([true, false]);
  });

  it.each([
    '',
    '{',
    '[1,]',
    '{"a":1,}',
    '01',
    '1.',
    '+1',
    '.5',
    'nul',
    '"\n"',
    '"\\x"',
    '{"a" 1}',
    '1 2',
    '{a:1}',
    "'a'",
  ])('refuses %s with the offset', (text) => {
    expect(() => parseExactJson(text)).toThrow(/ at offset \d+$/);
  });

  it('refuses nesting that would exhaust the stack', () => {
    expect(() => parseExactJson('['.repeat(100_000))).toThrow('nesting is too deep');
  });

  it('reads and writes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const minimal = JSON.stringify(JSON.parse(text));
        expect(JSON.parse(writeExactJson(parseExactJson(text)))).toEqual(JSON.parse(minimal));
      }),
    );
  });

  it('throws nothing but a SyntaxError', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:0123456789.eE+-\\untrfalse \n') }), (text) => {
        try {
          parseExactJson(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
  });

  it('takes blank lines for nothing', () => {
    expect(jsonLines('{}\r\n\n[]')).toEqual(['{}\r', '[]']);
  });
});
