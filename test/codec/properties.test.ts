import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../src/codec/codec-options.ts';
import { createCodec } from '../../src/codec/create-codec.ts';
import { compareDecimals, decimalText, parseDecimal } from '../../src/codec/decimal.ts';
import { jsonText } from '../../src/codec/json-text.ts';
import { parseRule } from '../../src/codec/rule-syntax.ts';
import { codePage } from '../../src/ebcdic/open-code-page.ts';
import { codecOf, layoutFrom } from './codec-of.ts';

const everything = `
01 R.
   05 K PIC X.
   05 N PIC 9.
   05 TXT PIC X(3). 05 NAT PIC N(2). 05 DB PIC G(2). 05 UT PIC U(1). 05 ED PIC -Z9.9. 05 FILLER PIC 9.
   05 Z1 PIC S9(3)V9. 05 Z2 PIC 9(2) BLANK WHEN ZERO. 05 Z3 PIC S9(2) SIGN LEADING SEPARATE. 05 Z4 PIC S9(17).
   05 ZN PIC 9(2) NATIONAL. 05 P1 PIC S9(4)V9 COMP-3. 05 P2 PIC 9(3) COMP-6. 05 PP PIC SVPP9 COMP-3.
   05 B1 PIC S9(4) COMP. 05 B2 PIC 9(12)V99 COMP. 05 B3 PIC S9(18) COMP-5. 05 PT POINTER. 05 BX PIC X(3) COMP-X.
   05 F1 COMP-1. 05 F2 COMP-2. 05 BI PIC 1(11) BIT. 05 BJ PIC 1(2) BIT.
   05 A1 PIC X(4). 05 A2 REDEFINES A1. 10 C PIC 9(4). 05 A3 REDEFINES A1. 10 T2 PIC S9 COMP-3 OCCURS 0 TO 4 DEPENDING ON N. 10 E PIC X.
   05 T OCCURS 0 TO 3 DEPENDING ON N. 10 M PIC 9. 10 U PIC 99 OCCURS 0 TO 2 DEPENDING ON M. 10 V PIC X. 10 W REDEFINES V PIC 9.
   05 LAST-ONE PIC X(2).`;

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
    numbers: 'number',
    names: 'snake',
    field: ['T=hex', 'P1=packed-unsigned'],
    trim: 'none',
  },
];

// Bytes that records are made of are more interesting than others.
const byte = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.integer({ min: 0xf0, max: 0xf9 }),
  fc.constantFrom(0x40, 0, 0x0c, 0xc1, 0x0e, 0x0f),
);
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 160 }),
  fc.array(byte, { maxLength: 160 }).map((list) => Uint8Array.from(list)),
);

describe('whatever the bytes', () => {
  const codecs = optionSets.map((options) => codecOf(everything, options));

  it.each(codecs.map((codec, index) => [index, codec] as const))(
    'a record decodes to a value and issues (options %i)',
    (_, codec) => {
      fc.assert(
        fc.property(bytes, (record) => {
          const before = Uint8Array.from(record);
          const reading = codec.read(record);
          const value = codec.toValue(reading);
          expect(JSON.parse(codec.toJson(reading))).toEqual(value);
          expect(codec.decode(record)).toEqual({ value, issues: reading.issues, record: 'R', view: reading.view });
          expect(record).toEqual(before);
          for (const issue of reading.issues) {
            expect(issue.offset + issue.length).toBeLessThanOrEqual(
              Math.max(record.length, codec.options.format === 'text' ? codec.maximumLength : 0),
            );
            expect(issue.hex).toMatch(/^[0-9A-F]*$/);
          }
          const length = codec.lengthOf(record);
          if (length !== null) expect(length >= codec.minimumLength && length <= codec.maximumLength).toBe(true);
        }),
        { numRuns: 300 },
      );
    },
  );
});

describe('numbers', () => {
  it('are what integer arithmetic says, at every scale and in every usage', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 18 }),
        fc.nat({ max: 18 }),
        fc.boolean(),
        fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
        (digits, wanted, negative, any) => {
          const scale = Math.min(wanted, digits);
          const stored = any % 10n ** BigInt(digits);
          const signed = negative && stored > 0n ? -stored : stored;
          const whole = digits - scale;
          const picture = `S${whole > 0 ? `9(${whole})` : ''}${scale > 0 ? `V9(${scale})` : ''}`;
          const plain = stored.toString().padStart(digits, '0');
          const zoned = [...plain].map(
            (digit, at) => (at === digits - 1 ? (signed < 0n ? 0xd0 : 0xc0) : 0xf0) + Number(digit),
          );
          const nibbles = `${digits % 2 === 0 ? '0' : ''}${plain}${signed < 0n ? 'D' : 'C'}`;
          const size = digits < 5 ? 2 : digits < 10 ? 4 : 8;
          const binary = BigInt.asUintN(8 * size, signed)
            .toString(16)
            .padStart(2 * size, '0');
          const power = 10n ** BigInt(scale);
          const fraction = scale === 0 ? '' : `.${(stored % power).toString().padStart(scale, '0')}`;
          const expected = `${signed < 0n ? '-' : ''}${stored / power}${fraction}`;
          for (const [usage, record] of [
            ['', Uint8Array.from(zoned)],
            ['COMP-3', Buffer.from(nibbles, 'hex')],
            ['COMP', Buffer.from(binary, 'hex')],
          ] as const) {
            const codec = codecOf(`01 R PIC ${picture} ${usage}.`);
            const reading = codec.read(record);
            const quote = digits > 15 && !(usage === 'COMP' && size < 8) ? '"' : '';
            expect(codec.toJson(reading)).toBe(`{"R":${quote}${expected}${quote}}`);
            expect(codec.toValue(reading)['R']).toBe(quote === '' ? Number(expected) + 0 : expected);
            expect(reading.issues).toEqual([]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('read the same on the short way and on the long one', () => {
    const layout = layoutFrom('01 R. 05 Z PIC S9(4)V99. 05 Y PIC 9(3). 05 P PIC S9(4)V9 COMP-3. 05 Q PIC 9(3) COMP-3.');
    const short = createCodec(layout);
    const long = createCodec(layout, { numbers: 'string' }); // has no short way
    const digit = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0xf0, max: 0xf9 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
    );
    const sign = fc
      .tuple(fc.integer({ min: 0xa, max: 0xf }), fc.integer({ min: 0, max: 9 }))
      .map(([zone, low]) => zone * 16 + low);
    const packed = fc.oneof(
      fc.integer({ min: 0, max: 99 }).map((n) => Number.parseInt(String(n), 16)),
      fc.integer({ min: 0, max: 255 }),
    );
    const packedSign = sign.map((value) => (value % 16) * 16 + (value >> 4));
    const record = fc.tuple(
      digit,
      digit,
      digit,
      digit,
      digit,
      sign,
      digit,
      digit,
      fc.oneof(digit, sign),
      packed,
      packed,
      packedSign,
      packed,
      packedSign,
    );
    fc.assert(
      fc.property(record, (list) => {
        const a = short.read(Uint8Array.from(list));
        const b = long.read(Uint8Array.from(list));
        expect(a.issues).toEqual(b.issues);
        expect(short.toJson(a)).toBe(long.toJson(b).replaceAll(/:"([^"]*)"/g, ':$1'));
        expect(short.toValue(a)).toEqual(JSON.parse(short.toJson(a)));
      }),
    );
  });

  it('compare as integers do', () => {
    const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(decimal, decimal, ([a, scaleA], [b, scaleB]) => {
        const text = (value: bigint, scale: number): string =>
          decimalText(value < 0n, (value < 0n ? -value : value).toString(), scale);
        const left = parseDecimal(text(a, scaleA));
        const right = parseDecimal(text(b, scaleB));
        if (left === null || right === null) throw new Error('no decimal');
        const difference = a * 10n ** BigInt(scaleB) - b * 10n ** BigInt(scaleA);
        expect(Math.sign(compareDecimals(left, right))).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
    );
    expect(parseDecimal('1e999999999')).toBeNull();
  });

  it('are equal by 0, not by -0, when both are negative', () => {
    const value = parseDecimal('-5.00');
    expect(value !== null && compareDecimals(value, value)).toBe(0);
  });
});

describe('text', () => {
  it.each(['cp037', 'cp1140', 'cp500', 'latin1', 'ascii', 'cp930'])('is what the code page %s says', (name) => {
    const page = codePage(name);
    const codec = codecOf('01 R PIC X(12).', { codepage: name, trim: 'none' });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (record) => {
        const { text, problem } = page.decode(record);
        expect(codec.decode(record).value).toEqual({ R: problem === undefined ? text : null });
      }),
    );
  });

  it('is written as JSON.stringify writes it, but for DEL and C1', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        (text) => {
          const json = jsonText(text);
          expect(JSON.parse(json)).toBe(text);
          expect(json).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
          if (!/[\u007f-\u009f]/.test(text)) expect(json).toBe(JSON.stringify(text));
        },
      ),
    );
  });
});

describe('rules', () => {
  it('take any quoted value apart from what stands around it', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (values) => {
        const quoted = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(' , ');
        expect(parseRule(`F : ${quoted} = V`)).toEqual({ field: 'F', values, redefined: null, target: 'V' });
      }),
    );
  });

  it('are refused with a code whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseRule(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'USAGE' });
        }
      }),
    );
  });
});
