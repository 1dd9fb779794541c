import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHexFloat, readIeeeFloat } from '../../src/ebcdic/index.ts';

const hexFloat = (hex: string) => readHexFloat(Buffer.from(hex, 'hex'), 'big');
const ieeeFloat = (hex: string) => readIeeeFloat(Buffer.from(hex, 'hex'), 'big');

describe('an IBM hexadecimal float', () => {
  test.each([
    ['41100000', 1, []],
    ['C276A000', -118.625, []],
    ['00000000', 0, []],
    ['40800000', 0.5, []],
    ['C1280000', -2.5, []],
    ['4019999A', 0.10000002384185791, []],
    ['7FFFFFFF', 7.2370051459731155e75, []],
    ['00100000', 5.397605346934028e-79, []],
    ['80000000', 0, ['MINUS_ZERO']],
    ['42000000', 0, ['FLOAT_UNNORMALISED']],
    ['42010000', 1, ['FLOAT_UNNORMALISED']],
    ['4110000000000000', 1, []],
    ['C276A00000000000', -118.625, []],
    ['413243F6A8885A30', Math.PI, []],
    ['401999999999999A', 0.1, []],
    ['4080000000000001', 0.5, ['FLOAT_INEXACT']],
    ['4FFFFFFFFFFFFFFF', 2 ** 60, ['FLOAT_INEXACT']],
    ['0000000000000001', 2 ** -312, ['FLOAT_UNNORMALISED']],
    ['4210000000000000', 16, []],
  ])('%s is %d', (hex, value, notes) => {
    expect(hexFloat(hex)).toEqual({ value, notes });
    expect(readHexFloat(Buffer.from(hex, 'hex').reverse(), 'little')).toEqual({ value, notes });
  });

  test('is the nearest double, ties to even', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), fc.constantFrom(4, 8), (input, length) => {
        const bytes = input.slice(0, length);
        const { value, notes } = readHexFloat(bytes, 'big');
        const bits = 8 * length;
        const text = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
        // Everything times 2^400 is an integer: fractions have at most 56 bits below 16^-64.
        const exact =
          BigInt(`0b${text.slice(8)}`) << BigInt(400 - (bits - 8) + 4 * (Number.parseInt(text.slice(1, 8), 2) - 64));
        const magnitude = Math.abs(value);
        const error = distance(magnitude, exact);
        expect(notes.includes('FLOAT_INEXACT')).toBe(error !== 0n);
        for (const neighbour of neighbours(magnitude)) expect(distance(neighbour, exact)).toBeGreaterThanOrEqual(error);
        if (exact !== 0n) expect(value < 0).toBe(text[0] === '1');
        expect(Object.is(value, -0)).toBe(false);
        expect(notes.includes('FLOAT_UNNORMALISED')).toBe(
          text.slice(8, 12) === '0000' && (exact !== 0n || !/^.0{7}/.test(text)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('halfway goes to the even neighbour', () => {
    // X'4E': the fraction as an integer; doubles between 2^55 and 2^56 are 8 apart.
    expect(hexFloat('4E80000000000004')).toEqual({ value: 2 ** 55, notes: ['FLOAT_INEXACT'] });
    expect(hexFloat('4E80000000000008')).toEqual({ value: 2 ** 55 + 8, notes: [] });
    expect(hexFloat('4E8000000000000C')).toEqual({ value: 2 ** 55 + 16, notes: ['FLOAT_INEXACT'] });
    expect(hexFloat('4E80000000000005')).toEqual({ value: 2 ** 55 + 8, notes: ['FLOAT_INEXACT'] });
  });

  test('of another length is refused', () => {
    expect(() => readHexFloat(new Uint8Array(5), 'big')).toThrow(RangeError);
    expect(() => readIeeeFloat(new Uint8Array(16), 'big')).toThrow(RangeError);
  });
});

describe('an IEEE float', () => {
  test.each([
    ['3F800000', 1, []],
    ['3DCCCCCD', 0.10000000149011612, []],
    ['C2ED4000', -118.625, []],
    ['80000000', 0, ['MINUS_ZERO']],
    ['00000001', 2 ** -149, []],
    ['3FB999999999999A', 0.1, []],
    ['8000000000000000', 0, ['MINUS_ZERO']],
  ])('%s is %d', (hex, value, notes) => {
    expect(ieeeFloat(hex)).toEqual({ value, notes });
  });

  test.each(['7F800000', 'FF800000', '7FC00000', '7FF0000000000000', 'FFF8000000000001'])('%s is not finite', (hex) => {
    expect(ieeeFloat(hex)).toMatchObject({ error: 'FLOAT_NOT_FINITE' });
  });

  test('is what its bits say', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const word = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
        const exponent = Number((word >> 52n) & 0x7ffn);
        const result = readIeeeFloat(bytes, 'big');
        expect('error' in result).toBe(exponent === 0x7ff);
        if ('error' in result) return;
        const fraction = BigInt.asUintN(52, word) + (exponent === 0 ? 0n : 2n ** 52n);
        const scaled = fraction << BigInt(Math.max(exponent, 1) - 1);
        expect(toInteger(Math.abs(result.value))).toBe(scaled);
        if (result.value !== 0) expect(result.value < 0).toBe(word >> 63n === 1n);
        expect(readIeeeFloat(bytes.toReversed(), 'little')).toEqual(result);
      }),
      { numRuns: 500 },
    );
  });
});

/** A non-negative double times 2^1074, exactly, from its hexadecimal digits rather than its bits. */
function toInteger(value: number): bigint {
  let scale = 0;
  let mantissa = value;
  while (mantissa !== 0 && !Number.isInteger(mantissa)) {
    mantissa *= 2;
    scale++;
  }
  return (BigInt(mantissa) << 1074n) >> BigInt(scale);
}

function distance(value: number, scaledBy400: bigint): bigint {
  const difference = toInteger(value) - (scaledBy400 << 674n);
  return difference < 0n ? -difference : difference;
}

function neighbours(value: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  return [-1n, 1n].flatMap((step) => {
    view.setFloat64(0, value);
    const bits = view.getBigInt64(0) + step;
    if (bits < 0n) return [];
    view.setBigInt64(0, bits);
    return [view.getFloat64(0)];
  });
}
