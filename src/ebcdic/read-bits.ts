/** Bits that a number holds exactly: 2⁵³ − 1 is the largest integer of a double without a gap before it. */
export const smallBits = 53;

/**
 * Read an unsigned bit field, most significant bit first; bit 0 is the highest of byte 0.
 *
 * Throws a RangeError when the field does not lie within the bytes.
 */
export function readBits(bytes: Uint8Array, offset: number, length: number): bigint {
  checkPlace(bytes, offset, length);
  let value = 0n;
  for (let at = offset; at < offset + length; ) {
    const count = Math.min(32, offset + length - at);
    value = (value << BigInt(count)) | BigInt(readSmallBits(bytes, at, count));
    at += count;
  }
  return value;
}

/** The same for at most `smallBits` bits, as a number. What lies behind the bytes reads as 0. */
export function readSmallBits(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0;
  let at = offset >>> 3;
  let left = length - (8 - (offset & 7)); // bits behind the byte that was taken last
  value = (bytes[at] ?? 0) & (0xff >> (offset & 7));
  for (; left >= 8; left -= 8) value = value * 256 + (bytes[++at] ?? 0);
  if (left < 0) return value >>> -left;
  return left === 0 ? value : value * 2 ** left + ((bytes[at + 1] ?? 0) >> (8 - left));
}

/** Read a bit field as a string of `0` and `1`. Throws a RangeError when it does not lie within the bytes. */
export function readBitString(bytes: Uint8Array, offset: number, length: number): string {
  checkPlace(bytes, offset, length);
  let bits = '';
  for (let bit = offset; bit < offset + length; bit++) {
    bits += ((bytes[bit >> 3] ?? 0) >> (7 - (bit % 8))) & 1;
  }
  return bits;
}

function checkPlace(bytes: Uint8Array, offset: number, length: number): void {
  const whole = Number.isInteger(offset) && Number.isInteger(length);
  if (!whole || offset < 0 || length < 0 || offset + length > 8 * bytes.length) {
    throw new RangeError(`bits ${offset}+${length} are not within ${bytes.length} bytes`);
  }
}
