import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  digitsSplit,
  prepareDigits,
  splitDigits,
  splitInteger,
} from '../../../../src/codec/compiled/javascript/split-integer.ts';

function digitsOf(value: bigint): string {
  prepareDigits();
  splitInteger(Number(value >> 32n), Number(value & 0xffff_ffffn));
  return Array.from({ length: digitsSplit }, (_, at) => splitDigits.getUint8(at)).join('');
}

describe('an integer that is split', () => {
  it('has the digits that it is printed with', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat({ max: 63 }), (value, shift) => {
        const smaller = value >> BigInt(shift);
        expect(digitsOf(smaller)).toBe(smaller.toString().padStart(digitsSplit, '0'));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    0n,
    9_999n,
    10_000n,
    99_999_999n,
    100_000_000n,
    2n ** 53n - 1n,
    2n ** 53n,
    10n ** 16n - 1n,
    10n ** 16n,
    2n ** 64n - 1n,
  ])('has all digits of %s', (value) => {
    expect(digitsOf(value)).toBe(value.toString().padStart(digitsSplit, '0'));
  });
});
