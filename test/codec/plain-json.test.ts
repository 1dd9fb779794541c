import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonText } from '../../src/codec/json-text.ts';
import { plainCalls, plainCode } from '../../src/codec/plain-code.ts';
import { type PlainField, plainField, plainRoom, putPlain } from '../../src/codec/plain-json.ts';
import { codecOf, ebcdic } from './codec-of.ts';

const pictures = [
  ...[
    'X(6)',
    'X(6) JUST RIGHT',
    '9(5)',
    'S9(5)',
    '9(3)V99',
    'S9(3)V99 COMP-3',
    '9(4) COMP-3',
    'V9(3)',
    '9(18)',
    'S9(3)P(2)',
  ],
  ...['S9(4) SIGN LEADING', '9(4) COMP', 'Z(3)9', '9(4) COMP-6', '9(4) BLANK WHEN ZERO'],
];
const options = [{}, { codepage: 'latin1' }, { trim: 'none' }, { trim: 'both' }, { numbers: 'string' }] as const;

/** Bytes that are often what a field holds. */
const bytes = fc.oneof(
  fc.stringMatching(/^[0-9]{1,9}$/).map((text) => ebcdic(text.padStart(12, '0'))),
  fc.stringMatching(/^[A-Z" \\]{0,9}$/).map((text) => ebcdic(text.padEnd(12))),
  fc.stringMatching(/^[0-9A-Z" \\]{12}$/).map((text) => Buffer.from(text, 'latin1')),
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 24, maxLength: 24 }).map((digits) => {
    return Uint8Array.from(
      { length: 12 },
      (_, at) => 16 * (digits[2 * at] ?? 0) + (at % 3 === 2 ? 12 : (digits[2 * at + 1] ?? 0)),
    );
  }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }),
);

/** What `putPlain` does, by code written for one field whose bytes are `from` to `to` behind `start`. */
type Coded = (bytes: Uint8Array, start: number, out: Uint8Array, at: number) => number;

function coded(field: PlainField, from: number, to: number): Coded {
  const known: Record<string, unknown> = { ...plainCalls };
  const code = plainCode(field, from, to, 'return -1;', known).join('\n');
  const names = Object.keys(known);
  const make = new Function(...names, `return (bytes, start, out, at) => { ${code}\nreturn at; };`);
  return make(...names.map((name) => known[name])) as Coded;
}

describe('the plain way to write a field', () => {
  test.each([
    [0, 1],
    [3, 5],
    [7, 2],
    [6, 26],
    [1, 49],
    [5, 50],
  ])('of bits, from bit %i on %i of them, gives the JSON that its reader gives', (bit, bits) => {
    const before = bit === 0 ? '' : `10 FILLER PIC 1(${bit}).`;
    const codec = codecOf(`01 R. 05 G GROUP-USAGE BIT. ${before} 10 F PIC 1(${bits}).`);
    const item = codec.records[0]?.items.find(({ name }) => name === 'F');
    const settings = item === undefined ? undefined : codec.settingsOf(item);
    if (item === undefined || settings === undefined) throw new Error('no F');
    const plain = plainField(item, settings, codec.options);
    expect(plain === null).toBe(bits === 50);
    if (plain === null) return;
    const code = coded(plain, item.offset, (bit + bits + 7) >> 3);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (record) => {
        const out = Buffer.alloc(plainRoom(plain, 8));
        const end = putPlain(plain, record, item.offset, 8, out, 0);
        const whole = BigInt(`0x${Buffer.from(record).toString('hex')}`);
        const value = (whole >> BigInt(64 - bit - bits)) & (2n ** BigInt(bits) - 1n);
        expect(out.toString('utf8', 0, end)).toBe(String(value));
        expect(out.toString('utf8', 0, code(record, 0, out.fill(0), 0))).toBe(String(value));
      }),
      { numRuns: 50 },
    );
  });

  test.each(pictures)('of %s gives the JSON that its reader gives, or nothing', (picture) => {
    for (const option of options) {
      const codec = codecOf(`01 R. 05 F PIC ${picture}.`, option);
      const item = codec.records[0]?.items.find(({ name }) => name === 'F');
      const settings = item === undefined ? undefined : codec.settingsOf(item);
      if (item === undefined || settings === undefined) throw new Error('no F');
      const plain = plainField(item, settings, codec.options);
      if (plain === null) continue;
      const read = codec.fieldReader('F');
      const code = coded(plain, 2, 2 + item.length);
      fc.assert(
        fc.property(bytes, (all) => {
          const field = all.subarray(12 - item.length);
          const out = Buffer.alloc(7 + plainRoom(plain, field.length), '.');
          const record = Buffer.concat([Buffer.of(1, 2, 3), field, Buffer.of(0xf0)]);
          const end = putPlain(plain, record, 3, 3 + field.length, out, 7);
          const { value, digits } = read(field) ?? { value: null, digits: null };
          const json = typeof value === 'string' && digits === null ? jsonText(value) : String(digits);
          if (end >= 0) expect(out.toString('utf8', 0, end)).toBe(`.......${json}`);
          const other = Buffer.alloc(out.length, '.');
          expect(code(record, 1, other, 7)).toBe(end);
          if (end >= 0) expect(other.toString('utf8', 0, end)).toBe(out.toString('utf8', 0, end));
        }),
        { numRuns: 60 },
      );
    }
  });
});
