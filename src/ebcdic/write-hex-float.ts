import type { NumberWriting } from './number-writing.ts';
import { writeBinary } from './write-binary.ts';

/**
 * Write a double as an IBM hexadecimal float of 4 or 8 bytes (COMP-1, COMP-2), normalised and rounded to the nearest of 24
 * or 56 bits, ties to even. The inverse of `readHexFloat`, which says how the bits lie.
 *
 * Every double in range is exact in 8 bytes. Refuses values beyond about 7.2E75, and those nearer to zero than about
 * 5.4E-79, the smallest normalised one. Throws a RangeError for other lengths.
 */
export function writeHexFloat(value: number, length: number, order: 'big' | 'little'): NumberWriting {
  if (length !== 4 && length !== 8) throw new RangeError(`a float has 4 or 8 bytes, not ${length}`);
  if (!Number.isFinite(value)) return { error: 'ENCODE_RANGE', expected: 'a finite number' };
  if (value === 0) return { bytes: new Uint8Array(length) };
  const fractionBits = 8 * length - 8;
  const { significand, exponent } = binaryParts(Math.abs(value));
  // value = significand × 2^exponent; a normalised fraction has its highest bit in its first four.
  const top = exponent + significand.toString(2).length;
  let power = Math.ceil(top / 4);
  let fraction = roundedShift(significand, exponent + fractionBits - 4 * power);
  if (fraction >> BigInt(fractionBits) !== 0n) {
    fraction >>= 4n;
    power++;
  }
  if (power > 63) return { error: 'ENCODE_RANGE', expected: 'a value below 16**63, about 7.2E75' };
  if (power < -64) return { error: 'ENCODE_RANGE', expected: '0, or a value of at least 16**-65, about 5.4E-79' };
  const head = BigInt((value < 0 ? 0x80 : 0) + power + 64);
  return writeBinary((head << BigInt(fractionBits)) | fraction, { length, order, signed: false });
}

/** A positive double as an integer and a power of two. */
function binaryParts(value: number): { readonly significand: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = BigInt.asUintN(52, bits);
  return biased === 0
    ? { significand: fraction, exponent: -1074 }
    : { significand: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** value × 2^shift, rounded to the nearest integer, ties to even. */
function roundedShift(value: bigint, shift: number): bigint {
  if (shift >= 0) return value << BigInt(shift);
  const down = BigInt(-shift);
  const whole = value >> down;
  const rest = value - (whole << down);
  const half = 1n << (down - 1n);
  return rest > half || (rest === half && (whole & 1n) === 1n) ? whole + 1n : whole;
}
