import type { FloatNote, FloatValue } from './float-reading.ts';
import { readBinary } from './read-binary.ts';

/**
 * Read an IBM hexadecimal float of 4 or 8 bytes (COMP-1, COMP-2) as the nearest double, ties to even.
 *
 *   bit 0      sign
 *   bits 1-7   exponent of 16, biased by 64
 *   bits 8-    fraction, 24 or 56 bits, below 1; its first digit is not 0 when normalised
 *
 * z/Architecture Principles of Operation, "Hexadecimal-Floating-Point Instructions". A true zero has all bits 0 but the sign.
 * All values are within a double's normal range. Throws a RangeError for other lengths.
 */
export function readHexFloat(bytes: Uint8Array, order: 'big' | 'little'): FloatValue {
  if (bytes.length !== 4 && bytes.length !== 8) throw new RangeError(`a float has 4 or 8 bytes, not ${bytes.length}`);
  const word = readBinary(bytes, { order, signed: false });
  const fractionBits = 8 * bytes.length - 8;
  const fraction = BigInt.asUintN(fractionBits, word);
  const head = Number(word >> BigInt(fractionBits));
  const negative = head >= 0x80;
  const exponent = head & 0x7f;
  const notes: FloatNote[] = [];
  if (fraction === 0n) {
    if (exponent !== 0) notes.push('FLOAT_UNNORMALISED');
    if (negative) notes.push('MINUS_ZERO');
    return { value: 0, notes };
  }
  // Converting a BigInt rounds to nearest, ties to even; scaling by a power of two in the normal range is then exact.
  const rounded = Number(fraction);
  if (BigInt(rounded) !== fraction) notes.push('FLOAT_INEXACT');
  if (fraction >> BigInt(fractionBits - 4) === 0n) notes.push('FLOAT_UNNORMALISED');
  const magnitude = rounded * powerOfTwo(4 * (exponent - 64) - fractionBits);
  return { value: negative ? -magnitude : magnitude, notes };
}

/** 2 to an integer power from -1022 to 1023, built from its bits: `**` need not be exact. */
function powerOfTwo(exponent: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, (exponent + 1023) << 20);
  return view.getFloat64(0);
}
