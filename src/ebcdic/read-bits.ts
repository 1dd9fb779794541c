/**
 * Read an unsigned bit field, most significant bit first; bit 0 is the highest of byte 0.
 *
 * Throws a RangeError when the field does not lie within the bytes.
 */
export function readBits(bytes: Uint8Array, offset: number, length: number): bigint {
  let value = 0n;
  for (const bit of readBitString(bytes, offset, length)) value = value * 2n + (bit === '1' ? 1n : 0n);
  return value;
}

/** Read a bit field as a string of `0` and `1`. Throws a RangeError when it does not lie within the bytes. */
export function readBitString(bytes: Uint8Array, offset: number, length: number): string {
  const whole = Number.isInteger(offset) && Number.isInteger(length);
  if (!whole || offset < 0 || length < 0 || offset + length > 8 * bytes.length) {
    throw new RangeError(`bits ${offset}+${length} are not within ${bytes.length} bytes`);
  }
  let bits = '';
  for (let bit = offset; bit < offset + length; bit++) {
    bits += ((bytes[bit >> 3] ?? 0) >> (7 - (bit % 8))) & 1;
  }
  return bits;
}
