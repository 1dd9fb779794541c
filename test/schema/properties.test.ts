import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../src/codec/codec-options.ts';
import { createCodec } from '../../src/codec/create-codec.ts';
import { OverpunchError } from '../../src/errors.ts';
import { codecOf, layoutFrom } from '../codec/codec-of.ts';
import { randomCopybooks } from '../codec/random-copybook.ts';
import { randomRecord } from '../codec/random-record.ts';
import { avroAcceptance, jsonAcceptance } from './acceptance.ts';

const everything = `
01 R.
   05 K PIC X.
   05 N PIC 9.
   05 TXT PIC X(3). 05 NAT PIC N(2). 05 DB PIC G(2). 05 UT PIC U(1). 05 ED PIC -Z9.9. 05 FILLER PIC 9. 05 EI PIC ZZ9-.
   05 EP PIC ZZ9. 05 EF PIC +9.9E+99.
   05 Z1 PIC S9(3)V9. 05 Z2 PIC 9(2) BLANK WHEN ZERO. 05 Z3 PIC S9(2) SIGN LEADING SEPARATE. 05 Z4 PIC S9(17). 05 Z5 PIC 9(3)PP.
   05 ZN PIC 9(2) NATIONAL. 05 P1 PIC S9(4)V9 COMP-3. 05 P2 PIC 9(3) COMP-6. 05 PP PIC SVPP9 COMP-3. 05 P3 PIC S9(20)P(3) COMP-3.
   05 B1 PIC S9(4) COMP. 05 B2 PIC 9(12)V99 COMP. 05 B3 PIC S9(18) COMP-5. 05 PT POINTER. 05 BX PIC X(3) COMP-X.
   05 B4 PIC S9(4)V99 COMP. 05 B5 PIC 9(15) COMP. 05 B6 PIC S9(9)PP COMP. 05 B7 PIC SVPP9(3) COMP.
   05 F1 COMP-1. 05 F2 COMP-2. 05 BI PIC 1(11) BIT. 05 BJ PIC 1(2) BIT. 05 __PROTO__ PIC 9. 05 CONSTRUCTOR PIC X.
   05 A1 PIC X(4). 05 A2 REDEFINES A1. 10 C PIC 9(4). 05 A3 REDEFINES A1. 10 T2 PIC S9 COMP-3 OCCURS 0 TO 4 DEPENDING ON N. 10 E PIC X.
   05 FILLER REDEFINES A1. 10 TO-STRING PIC 9(4). 10 K PIC X(0).
   05 T OCCURS 0 TO 3 DEPENDING ON N. 10 M PIC 9. 10 U PIC 99 OCCURS 0 TO 2 DEPENDING ON M. 10 V PIC X. 10 W REDEFINES V PIC 9.
   05 FILLER OCCURS 2. 10 G PIC 9.
   05 LAST-ONE PIC X(2).`.replace(' 10 K PIC X(0).', '');

const optionSets: readonly CodecOptions[] = [
  {},
  { odo: 'maximum', views: 'all', format: 'rdw', edited: 'number', numbers: 'string' },
  { odo: 'padded', views: 'first', format: 'text', numbers: 'number', trim: 'both', blank: 'zero', filler: 'keep' },
  {
    view: ['K:A=A2', 'K:B=A3', 'M:1=W', 'LAST-ONE:x=A1'],
    format: 'bdw',
    codepage: 'cp930',
    names: 'camel',
    floats: 'ieee-be',
  },
  {
    codepage: 'utf8',
    zoned: 'lenient',
    numbers: 'bigint',
    names: 'snake',
    field: ['T=hex', 'P1=packed-unsigned'],
    trim: 'none',
  },
  { edited: 'number', numbers: 'bigint', view: ['A1=A3', 'V=W'], names: 'camel', trunc: 'bin', blank: 'error' },
];

// Bytes that records are made of are more interesting than others.
const byte = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  { arbitrary: fc.integer({ min: 0xf0, max: 0xf9 }), weight: 4 },
  fc.constantFrom(0x40, 0, 0x0c, 0xc1, 0x0e, 0x0f, 0x99, 0xff, 0x4b, 0x60),
);

describe.each(optionSets.map((options) => [JSON.stringify(options), options] as const))(
  'whatever the bytes, %s',
  (_, options) => {
    const codec = codecOf(everything, options);
    const fixed = codec.options.format === 'fixed';
    const length = codec.maximumLength;
    const bytes = fc
      .array(byte, { minLength: fixed ? length : 0, maxLength: length })
      .map((list) => Uint8Array.from(list));

    it('the JSON Schema accepts every record, and that of good ones every good one', () => {
      const accepts = jsonAcceptance(codec);
      const acceptsGood = jsonAcceptance(codec, { good: true });
      fc.assert(
        fc.property(bytes, (record) => {
          const reading = codec.read(record);
          expect(accepts(reading)).toBe(null);
          if (reading.issues.every(({ severity }) => severity === 'note')) expect(acceptsGood(reading)).toBe(null);
        }),
        { numRuns: 200 },
      );
    });

    it('Avro keeps every number exactly, or refuses the record', () => {
      const accepts = avroAcceptance(codec);
      fc.assert(
        fc.property(bytes, (record) => {
          const reading = codec.read(record);
          try {
            expect(accepts(reading)).toBe(null);
          } catch (error) {
            if (!(error instanceof OverpunchError && error.code === 'AVRO_VALUE')) throw error;
            expect(error.message).toContain('decimals');
          }
        }),
        { numRuns: 200 },
      );
    });
  },
);

describe('random records of random copybooks', () => {
  it('are accepted by the schemas of their codec, those of good records too', () => {
    fc.assert(
      fc.property(randomCopybooks(), (copybook) => {
        const codec = createCodec(layoutFrom(copybook.text, copybook.dialect), copybook.options);
        const [record] = codec.records;
        if (record === undefined) throw new Error('no record');
        const json = jsonAcceptance(codec);
        const good = jsonAcceptance(codec, { good: true, whole: true });
        const avro = avroAcceptance(codec);
        for (let index = 0; index < 4; index++) {
          const reading = codec.read(randomRecord(record, codec.options, copybook.random));
          expect(reading.issues).toEqual([]);
          expect([json(reading), good(reading), avro(reading)]).toEqual([null, null, null]);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('numbers', () => {
  const pictures = fc.tuple(
    fc.boolean(),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 0, max: 6 }),
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom('', ' COMP-3', ' COMP', ' COMP-5', ' COMP-6', ' SIGN LEADING SEPARATE'),
    fc.constantFrom('exact', 'string', 'bigint', 'number'),
  );

  it('of every picture and usage stay within what the schemas say', () => {
    fc.assert(
      fc.property(pictures, fc.uint8Array({ minLength: 30, maxLength: 30 }), (shape, noise) => {
        const [signed, whole, decimals, scaling, usage, numbers] = shape;
        const sign = signed && usage !== ' COMP-6' ? 'S' : '';
        const picture = decimals > 0 ? `9(${whole})V9(${decimals})` : `9(${whole})${'P'.repeat(scaling)}`;
        if (sign === '' && usage.startsWith(' SIGN')) return;
        const codec = codecOf(`01 R. 05 F PIC ${sign}${picture}${usage}.`, { numbers: numbers as 'exact' });
        const accepts = jsonAcceptance(codec);
        const avro = avroAcceptance(codec);
        const size = codec.maximumLength;
        const edges = [0x00, 0x99, 0xff, 0x80, 0x7f, 0xf9, 0x9c].map((fill) => new Uint8Array(size).fill(fill));
        for (const record of [...edges, noise.slice(0, size)]) {
          if (usage === ' COMP-3') record[size - 1] = ((record[size - 1] ?? 0) & 0xf0) | 0x0d;
          const reading = codec.read(record);
          expect(accepts(reading)).toBe(null);
          expect(avro(reading)).toBe(null);
        }
      }),
      { numRuns: 80 },
    );
  });
});
