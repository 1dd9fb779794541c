import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteText } from '../../src/bytes/byte-text.ts';
import { jsonText } from '../../src/codec/json-text.ts';
import { plainJson } from '../../src/codec/plain-json.ts';
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

describe('the plain way to write a field', () => {
  test.each(pictures)('of %s gives the JSON that its reader gives, or nothing', (picture) => {
    for (const option of options) {
      const codec = codecOf(`01 R. 05 F PIC ${picture}.`, option);
      const item = codec.records[0]?.items.find(({ name }) => name === 'F');
      const settings = item === undefined ? undefined : codec.settingsOf(item);
      if (item === undefined || settings === undefined) throw new Error('no F');
      const write = plainJson(item, settings, codec.options);
      if (write === null) continue;
      const read = codec.fieldReader('F');
      const out = new ByteText();
      fc.assert(
        fc.property(bytes, (all) => {
          const field = all.subarray(12 - item.length);
          out.clear();
          out.text('before ');
          const written = write(Buffer.concat([Buffer.of(1, 2), field]), 2, 2 + field.length, out);
          const { value, digits } = read(field) ?? { value: null, digits: null };
          const json = typeof value === 'string' && digits === null ? jsonText(value) : String(digits);
          expect(Buffer.from(out.bytes).toString()).toBe(written ? `before ${json}` : 'before ');
        }),
        { numRuns: 60 },
      );
    }
  });
});
