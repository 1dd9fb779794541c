import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readBinary,
  readBits,
  readHexFloat,
  readIeeeFloat,
  readNationalDigits,
  readPacked,
  readUnsignedPacked,
  readZoned,
  writeBinary,
  writeBits,
  writeHexFloat,
  writeIeeeFloat,
  writeNationalDigits,
  writePacked,
  writeUnsignedPacked,
  writeZoned,
} from '../../src/ebcdic/index.ts';

const sizes = fc.integer({ min: 1, max: 38 });
const anyDigits = sizes.chain((size) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: size, maxLength: size }),
);
const order = fc.constantFrom('big' as const, 'little' as const);

function bytesOf(writing: { readonly bytes: Uint8Array } | { readonly error: string }): Uint8Array {
  if ('error' in writing) throw new Error(writing.error);
  return writing.bytes;
}

describe('what is written', () => {
  it('reads as the same zoned number, with nothing unusual about it', () => {
    const forms = fc.record({
      signed: fc.boolean(),
      sign: fc.constantFrom('leading' as const, 'trailing' as const),
      separate: fc.boolean(),
      data: fc.constantFrom('ebcdic' as const, 'ascii' as const),
      asciiSign: fc.constantFrom('ebcdic' as const, 'microfocus' as const, 'fujitsu' as const),
    });
    fc.assert(
      fc.property(anyDigits, fc.boolean(), forms, order, (digits, minus, form, way) => {
        const negative = minus && form.signed && /[1-9]/.test(digits);
        const bytes = bytesOf(writeZoned({ negative, digits }, { ...form, digits: digits.length }));
        const reading = readZoned(bytes, { ...form, zoned: 'strict' });
        expect(reading).toEqual({ negative, digits, notes: [] });
        if (form.data === 'ascii') expect(readNationalDigits(writeNationalDigits(bytes, way), way)).toEqual(bytes);
      }),
    );
  });

  it('reads as the same packed number', () => {
    fc.assert(
      fc.property(anyDigits, fc.boolean(), fc.boolean(), (digits, minus, signed) => {
        const negative = minus && signed && /[1-9]/.test(digits);
        const form = { signed, digits: digits.length };
        const bytes = bytesOf(writePacked({ negative, digits }, form));
        expect(bytes.length).toBe(Math.floor(digits.length / 2) + 1);
        expect(readPacked(bytes, form)).toEqual({ negative, digits, notes: [] });
        const plain = bytesOf(writeUnsignedPacked({ negative: false, digits }, form));
        expect(readUnsignedPacked(plain, form)).toEqual({ negative: false, digits, notes: [] });
      }),
    );
  });

  it('reads as the same binary number and the same bits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 16 }), fc.boolean(), order, (bytes, signed, way) => {
        const form = { signed, order: way, length: bytes.length };
        expect(writeBinary(readBinary(bytes, form), form)).toEqual({ bytes });
        expect(writeBits(readBits(bytes, 0, 8 * bytes.length), 8 * bytes.length)).toEqual({ bytes });
      }),
    );
    expect(writeBits(5n, 3)).toEqual({ bytes: Uint8Array.of(0xa0) });
  });

  it('reads as the same float: every double in range in 8 bytes, every normalised short one in 4', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -7e75, max: 7e75 }), order, (value, way) => {
        if (value !== 0 && Math.abs(value) < 5.4e-79) return;
        expect(readHexFloat(bytesOf(writeHexFloat(value, 8, way)), way)).toEqual({ value: value + 0, notes: [] });
        expect(readIeeeFloat(bytesOf(writeIeeeFloat(value, 8, way)), way)).toEqual({ value: value + 0, notes: [] });
        // The nearest of 24 bits: the half of the last one is the most it may be off, at worst three bits are leading zeros.
        const short = readHexFloat(bytesOf(writeHexFloat(value, 4, way)), way);
        if (!('error' in short)) expect(Math.abs(short.value - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -21);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), order, (bytes, way) => {
        const reading = readHexFloat(bytes, way);
        if (!('error' in reading) && reading.notes.length === 0) {
          expect(writeHexFloat(reading.value, 4, way)).toEqual({ bytes });
        }
      }),
    );
  });

  it('is rounded to the nearest float, ties to even, into the next digit if need be', () => {
    expect(writeHexFloat(0x1000001 + 0.5, 4, 'big')).toEqual({ bytes: Uint8Array.of(0x47, 0x10, 0, 0) });
    expect(writeHexFloat(0xffffff + 0.5, 4, 'big')).toEqual({ bytes: Uint8Array.of(0x47, 0x10, 0, 0) });
    expect(writeHexFloat(0xfffffe + 0.5, 4, 'big')).toEqual({ bytes: Uint8Array.of(0x46, 0xff, 0xff, 0xfe) });
    expect(writeHexFloat(118.625, 4, 'big')).toEqual({ bytes: Uint8Array.of(0x42, 0x76, 0xa0, 0) });
    expect(writeHexFloat(16 ** -65, 8, 'big')).toEqual({ bytes: Uint8Array.of(0, 0x10, 0, 0, 0, 0, 0, 0) });
    expect(writeHexFloat(16 ** 63, 8, 'big')).toMatchObject({ error: 'ENCODE_RANGE' });
    expect(writeHexFloat(Number.MIN_VALUE, 8, 'big')).toMatchObject({ error: 'ENCODE_RANGE' });
    expect(writeHexFloat(Number.NaN, 8, 'big')).toMatchObject({ error: 'ENCODE_RANGE' });
    expect(writeHexFloat(16 ** 63 * (1 - 2 ** -26), 4, 'big')).toMatchObject({ error: 'ENCODE_RANGE' });
    expect(writeIeeeFloat(1e39, 4, 'big')).toMatchObject({ error: 'ENCODE_RANGE' });
    expect(writeIeeeFloat(1e-50, 4, 'big')).toMatchObject({ error: 'ENCODE_RANGE' });
    expect(writeIeeeFloat(-0, 8, 'big')).toEqual({ bytes: new Uint8Array(8) });
    expect(() => writeHexFloat(1, 5, 'big')).toThrow(RangeError);
    expect(() => writeIeeeFloat(1, 5, 'big')).toThrow(RangeError);
  });
});

describe('a number that does not fit', () => {
  it('is refused with a code', () => {
    const zoned = { signed: false, sign: 'trailing', separate: false, data: 'ebcdic', asciiSign: 'ebcdic' } as const;
    expect(writeZoned({ negative: false, digits: '123' }, { ...zoned, digits: 2 })).toMatchObject({
      error: 'ENCODE_DIGITS',
    });
    expect(writeZoned({ negative: true, digits: '1' }, { ...zoned, digits: 2 })).toMatchObject({
      error: 'ENCODE_SIGN',
    });
    expect(writeZoned({ negative: true, digits: '00' }, { ...zoned, digits: 2 })).toEqual({
      bytes: Uint8Array.of(0xf0, 0xf0),
    });
    expect(writePacked({ negative: true, digits: '1' }, { signed: false, digits: 2 })).toMatchObject({
      error: 'ENCODE_SIGN',
    });
    expect(writeUnsignedPacked({ negative: false, digits: '123' }, { digits: 2 })).toMatchObject({
      error: 'ENCODE_DIGITS',
    });
    expect(writeBinary(-1n, { signed: false, order: 'big', length: 2 })).toMatchObject({ error: 'ENCODE_SIGN' });
    expect(writeBinary(32_768n, { signed: true, order: 'big', length: 2 })).toMatchObject({ error: 'ENCODE_RANGE' });
    expect(writeBits(-1n, 3)).toMatchObject({ error: 'ENCODE_SIGN' });
    expect(writeBits(8n, 3)).toMatchObject({ error: 'ENCODE_RANGE' });
  });
});
