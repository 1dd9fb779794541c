import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonPiece } from '../../src/cli/json-piece.ts';
import { JsonRecords } from '../../src/cli/json-records.ts';
import { findInJson, jsonMistake } from '../../src/cli/json-scan.ts';

/** The texts of records in an input that comes in chunks of a size. */
function cutJson(input: string, size = 1000): JsonPiece[] {
  const records = new JsonRecords();
  const bytes = Buffer.from(input, 'utf8');
  const pieces: JsonPiece[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(...records.push(bytes.subarray(at, at + size)));
  return [...pieces, ...records.end()];
}

const placed = (input: string): string[] =>
  cutJson(input).map(({ text, line, column, problem }) => `${line}:${column} ${problem ?? text}`);

describe('records of JSON', () => {
  it('are the lines of an input, blank ones too', () => {
    expect(placed('\uFEFF{"a":1}\r\n\n {"b":2}')).toEqual(['1:1 {"a":1}', '2:1 ', '3:1  {"b":2}']);
  });

  it('are the elements of an array', () => {
    expect(placed('\n[\n{"a":"],\\"["},\n {"é":[1]}, {"b":{}}\n]\n')).toEqual([
      '3:1 {"a":"],\\"["}',
      '4:2 {"é":[1]}',
      '4:13 {"b":{}}\n',
    ]);
  });

  it('say where an array is broken', () => {
    expect(placed('[{"a":1},{"b":2')).toEqual(['1:2 {"a":1}', '1:10 a ] at the end of the array']);
    expect(placed('[{"a":1}]{"b":2}')).toEqual(['1:2 {"a":1}', '1:10 nothing behind the array']);
  });

  it('are refused when they are not UTF-8', () => {
    const records = new JsonRecords();
    expect(records.push(Uint8Array.of(0x7b, 0xff, 0x7d, 0x0a))[0]?.problem).toBe('text in UTF-8');
  });

  it('do not depend on how the input comes', () => {
    const part = fc.constantFrom('[', ']', '{', '}', '"', '\\', ',', '\n', ' ', 'é', '1', '\uFEFF');
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 1, max: 5 }), (parts, size) => {
        expect(cutJson(parts.join(''), size)).toEqual(cutJson(parts.join('')));
      }),
    );
  });
});

describe('a mistake in JSON', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };

  it('is found exactly where there is one', () => {
    const part = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      '"a"',
      '"',
      '\\',
      ',',
      ':',
      '\n',
      '1',
      '-',
      '.5',
      'e',
      'null',
      '\u0001',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        expect(jsonMistake(text) === null).toBe(isJson(text));
      }),
    );
    fc.assert(fc.property(fc.json(), (text) => jsonMistake(text) === null));
  });

  it('stands where it was made', () => {
    expect(jsonMistake('{"a":1,}')).toEqual(expect.objectContaining({ at: 7 }));
    expect(jsonMistake('{"a":01}')).toEqual(expect.objectContaining({ at: 6 }));
  });

  it('may be that it is too deep', () => {
    expect(jsonMistake('['.repeat(100_000))?.expected).toBe('at most 1000 levels');
  });
});

describe('a place in JSON', () => {
  it.each<[(readonly string[] | number)[], number, number]>([
    [[['a']], 1, 5],
    [[['b', 'B']], 7, 12],
    [[['b'], 2, ['c']], 19, 23],
    [[['gone'], ['a']], 1, 5],
    [[['b'], 9], 7, 12],
  ])('%j', (steps, key, value) => {
    const source = '{"a":1,"b": [{},  {"c":2}]}';
    const place = findInJson(source, steps);
    expect([place.key, place.value]).toEqual([key, value]);
  });
});
