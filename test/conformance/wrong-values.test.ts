import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type ExactJson, ExactNumber, ExactObject, jsonLines, parseExactJson, writeExactJson } from './exact-json.ts';
import { foldName } from './fold-name.ts';
import { runSets } from './run-sets.ts';

const passing = fileURLToPath(new URL('../../fixtures/conformance/passing', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const recordCases = readdirSync(passing, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('data.bin'))
  .map((name) => name.slice(0, -'/data.bin'.length))
  .sort();

let copies = 0;

/** Copy a fixture, change one file of it, and run it. */
function runChanged(name: string, file: string, change: (text: Buffer) => string | Uint8Array) {
  const copy = join(folder, `copy-${copies++}`);
  mkdirSync(copy);
  cpSync(join(passing, name), copy, { recursive: true });
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file))));
  const results = runSets([copy]).flatMap(({ cases }) => cases);
  rmSync(copy, { recursive: true });
  return { failures: results.flatMap((result) => result.failures), skips: results.flatMap(({ skip }) => skip ?? []) };
}

/** Make every value wrong that is not ignored and not empty, and count them. */
function spoil(json: ExactJson, ignore: ReadonlySet<string>, count: { wrong: number }): ExactJson {
  if (json instanceof ExactObject) {
    return new ExactObject(
      json.entries.map(([key, value]) => [key, ignore.has(foldName(key)) ? value : spoil(value, ignore, count)]),
    );
  }
  if (Array.isArray(json)) return json.map((entry) => spoil(entry, ignore, count));
  if (json === null || json === '') return json;
  count.wrong++;
  return json instanceof ExactNumber ? new ExactNumber(json.text.replace(/[0-9]/, '1$&')) : `${String(json)}~`;
}

describe('a wrong value', () => {
  it.each(recordCases)('of %s is a failure each, and nothing else is', (name) => {
    const settings = parseExactJson(readFileSync(join(passing, name, 'case.json'), 'utf8')) as ExactObject;
    const ignored = (settings.get('ignore') ?? []) as readonly string[];
    const count = { wrong: 0 };
    const { failures } = runChanged(name, 'expected.jsonl', (text) =>
      jsonLines(text.toString())
        .map((line) => writeExactJson(spoil(parseExactJson(line), new Set(ignored.map(foldName)), count)))
        .join('\n'),
    );
    expect(failures.length).toBe(count.wrong);
    expect(count.wrong).toBeGreaterThan(0);
  });

  it.each([
    ['"asNumber": -12345', '"asNumber": -12346', { path: 'AS-NUMBER', bytes: '12345D' }],
    ['"asText": "ABC"', '"asText": "ABD"', { path: 'AS-TEXT', expected: 'ABD', got: 'ABC', bytes: 'C1C2C3' }],
    ['"asNumber": null', '"asNumber": 1', { path: 'AS-NUMBER', got: null }],
    ['"_2ndText": ""', '"_2ndText": "x"', { path: '2ND-TEXT', got: null, bytes: '0000' }],
  ])('of vectors is a failure: %s', (right, wrong, failure) => {
    const { failures } = runChanged('vectors', 'vectors.json', (text) => text.toString().replace(right, wrong));
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ record: 1, ...failure });
  });

  it.each([
    ['"value": "-123"', '"value": "-124"', 1, 'LINE-ITEM.AMOUNT(1)', '-124', '-123'],
    [
      '"offset": 8, "length": 2, "kind": "packed"',
      '"offset": 9, "length": 2, "kind": "packed"',
      1,
      'LINE-ITEM.AMOUNT(2)',
      '2 bytes at 9',
      '2 bytes at 8',
    ],
    ['"offset": 11, "length": 4', '"offset": 11, "length": 8', 1, 'RATE', '8 bytes at 11', '4 bytes at 11'],
    ['"value": "-1.5"', '"value": "-1.6"', 1, 'RATE', '-1.6', '-1.5'],
    ['"number": "-12.5"', '"number": "12.5"', 1, 'TOTAL', '12.5', '-12.5'],
    ['"value": " A"', '"value": "A"', 1, 'LINE-ITEM.CODE(1)', 'A', ' A'],
    ['"max_length": 26', '"max_length": 27', null, '', 'max_length 27', 'max_length 26'],
    [
      '"offset": 3, "length": 2, "kind": "packed", "pic"',
      '"offset": 4, "length": 2, "kind": "packed", "pic"',
      null,
      'ORDER-REC.LINE-ITEM.AMOUNT',
      'offset 4',
      'offset 3',
    ],
    ['"just": true', '"just": false', null, 'ORDER-REC.LINE-ITEM.CODE', 'just false', 'just true'],
    ['"redef": "TOTAL"', '"redef": "RATE"', null, 'ORDER-REC.TOTAL-X', 'redef RATE', 'redef TOTAL'],
    ['"strides": [5]}', '"strides": [6]}', null, 'ORDER-REC.LINE-ITEM', 'strides 6', 'strides 5'],
    ['"length": 16}', '"length": 17}', null, 'ORDER-REC.ALL-LINES', 'length 17', 'length 16'],
    [
      '"kind": "float32", "usage"',
      '"kind": "float64", "usage"',
      null,
      'ORDER-REC.RATE',
      'kind float64',
      'kind float32',
    ],
  ])('of stored records is a failure: %s', (right, wrong, record, path, expected, got) => {
    const { failures } = runChanged('stored', 'records-own.jsonl', (text) => {
      expect(text.toString()).toContain(right);
      return text.toString().replace(right, wrong);
    });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ record, path, expected, got });
  });

  it('of FILLER is none', () => {
    const { failures } = runChanged('stored', 'records-own.jsonl', (text) =>
      text.toString().replace('"value": "f"', '"value": "g"'),
    );
    expect(failures).toEqual([]);
  });

  it.each([
    ['"offset": 26, "length": 5', '"offset": 27, "length": 5', 'REC.E', 'offset 27', 'offset 26'],
    ['"occurs": 4', '"occurs": 5', 'REC.T', 'occurs 5', 'occurs 4'],
    ['"depending_on": "N"', '"depending_on": "M"', 'REC.T', 'depending_on m', 'depending_on n'],
    [', "redefines": "D"', '', 'REC.E', 'redefines null', 'redefines d'],
    [', {"name": "F", "level": 5, "offset": 0, "length": 2}', '', 'SECOND-REC.F', null, 'an item'],
    [
      '{"name": "A", "level": 5, "offset": 0, "length": 1},',
      '{"name": "A", "level": 5, "offset": 0, "length": 1}, {"name": "A2", "level": 5, "offset": 0, "length": 1},',
      'A2',
      'an item',
      null,
    ],
  ])('of layouts is a failure: %s', (right, wrong, path, expected, got) => {
    const { failures } = runChanged('sizes', 'layouts/own.jsonl', (text) => {
      expect(text.toString()).toContain(right);
      return text.toString().replace(right, wrong);
    });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ record: null, path, expected, got });
  });
});

describe('an unknown key', () => {
  it.each([
    ['vectors', 'vectors.json', '"name": "number"', '"name": "number", "trim": "both"', 'trim'],
    ['vectors', 'vectors.json', '"copybook": "two.cpy"', '"copybook": "../two.cpy"', 'copybook'],
    ['stored', 'records-own.jsonl', '"profile": "plain"', '"profile": "plain", "dialect": "mf"', 'dialect'],
    ['stored', 'records-own.jsonl', '"-fsign=EBCDIC"', '"-fsign=ASCII"', 'flags.1'],
    ['stored', 'records-own.jsonl', '"IBM500"', '"IBM5000"', 'charset'],
    ['sizes', 'layouts/own.jsonl', '"dialect": "microfocus"', '"dialect": "acu"', 'dialect.base'],
    ['sizes', 'layouts/own.jsonl', '"scope": "elementary"', '"scope": "groups"', 'scope'],
    ['sizes', 'layouts/own.jsonl', '"redefines": "D"', '"redefined": "D"', 'layout.8.redefined'],
  ])('of %s/%s skips the case and is named: %s', (name, file, right, wrong, key) => {
    const { skips } = runChanged(name, file, (text) => text.toString().replace(right, wrong));
    expect(skips).toMatchObject([{ key, optional: false }]);
  });
});

describe('any bytes', () => {
  it('as data are wrong values at most, never a crash', () => {
    fc.assert(
      fc.property(fc.constantFrom(...recordCases), fc.uint8Array({ maxLength: 60 }), fc.nat(60), (name, bytes, at) => {
        const { failures } = runChanged(name, 'data.bin', (data) =>
          Buffer.concat([data.subarray(0, at), bytes, data.subarray(at + ((bytes[0] ?? 0) % 4))]),
        );
        expect(failures.filter(({ expected }) => expected === 'no crash')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
