import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBinary, readBinaryNumber, readBitString, readBits } from '../../src/ebcdic/index.ts';

describe('a binary field', () => {
  test.each([
    ['FF', -1n, 255n],
    ['8000', -32768n, 32768n],
    ['7FFF', 32767n, 32767n],
    ['FFFFFFFFFFFFFFFF', -1n, 18446744073709551615n],
    ['80000000000000000000000000000000', -(2n ** 127n), 2n ** 127n],
    ['', 0n, 0n],
  ])('%s', (hex, signed, unsigned) => {
    const bytes = Buffer.from(hex, 'hex');
    expect(readBinary(bytes, { order: 'big', signed: true })).toBe(signed);
    expect(readBinary(bytes, { order: 'big', signed: false })).toBe(unsigned);
    expect(readBinary(bytes.reverse(), { order: 'little', signed: true })).toBe(signed);
  });

  test('of 1, 2, 4 and 8 bytes is what a DataView reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), fc.constantFrom('big', 'little'), (bytes, order) => {
        const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
        const little = order === 'little';
        expect(readBinary(bytes, { order, signed: true })).toBe(view.getBigInt64(0, little));
        expect(readBinary(bytes, { order, signed: false })).toBe(view.getBigUint64(0, little));
        expect(readBinaryNumber(bytes.subarray(0, 4), { order, signed: true })).toBe(view.getInt32(0, little));
        expect(readBinaryNumber(bytes.subarray(0, 2), { order, signed: false })).toBe(view.getUint16(0, little));
        expect(readBinaryNumber(bytes.subarray(0, 1), { order, signed: true })).toBe(view.getInt8(0));
      }),
    );
  });

  test('of up to 6 bytes is the same as a number and as a bigint', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 6 }),
        fc.constantFrom('big', 'little'),
        fc.boolean(),
        (bytes, order, signed) => {
          expect(BigInt(readBinaryNumber(bytes, { order, signed }))).toBe(readBinary(bytes, { order, signed }));
          const around = Uint8Array.from([1, 2, ...bytes, 3]);
          expect(readBinaryNumber(around, { order, signed }, 2, 2 + bytes.length)).toBe(
            readBinaryNumber(bytes, { order, signed }),
          );
        },
      ),
    );
    expect(() => readBinaryNumber(new Uint8Array(7), { order: 'big', signed: false })).toThrow(RangeError);
  });
});

describe('a bit field', () => {
  test('counts from the highest bit of the first byte', () => {
    const bytes = Uint8Array.of(0b1010_0110, 0b1100_0001);
    expect(readBitString(bytes, 0, 3)).toBe('101');
    expect(readBits(bytes, 0, 3)).toBe(5n);
    expect(readBits(bytes, 6, 4)).toBe(0b1011n);
    expect(readBits(bytes, 15, 1)).toBe(1n);
    expect(readBits(bytes, 16, 0)).toBe(0n);
  });

  test('is the same as shifting the whole as a number', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (bytes, from, to) => {
        const bits = 8 * bytes.length;
        const offset = from % bits;
        const length = to % (bits - offset + 1);
        const whole = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
        expect(readBits(bytes, offset, length)).toBe(BigInt.asUintN(length, whole >> BigInt(bits - offset - length)));
        expect(readBitString(bytes, offset, length)).toHaveLength(length);
      }),
    );
  });

  test.each([
    [-1, 2],
    [0, 17],
    [16, 1],
    [0.5, 1],
    [0, Number.NaN],
  ])('outside of the bytes (%d, %d) is refused', (offset, length) => {
    expect(() => readBits(new Uint8Array(2), offset, length)).toThrow(RangeError);
  });
});
