import type { NumberWriting } from './number-writing.ts';

/**
 * Write an unsigned integer as `length` bits, most significant first, from bit 0 (the highest) of the first byte; the rest
 * of the last byte is 0. The inverse of `readBits` at offset 0; refuses what is out of range.
 */
export function writeBits(value: bigint, length: number): NumberWriting {
  if (value < 0n) return { error: 'ENCODE_SIGN', expected: 'no minus sign: bits are unsigned' };
  if (value >> BigInt(length) !== 0n) {
    return {
      error: 'ENCODE_RANGE',
      expected: `0 to ${(1n << BigInt(length)) - 1n}, which is what ${length} bits hold`,
    };
  }
  const bytes = new Uint8Array(Math.ceil(length / 8));
  let rest = value << BigInt(8 * bytes.length - length);
  for (let index = bytes.length - 1; index >= 0; index--) {
    bytes[index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return { bytes };
}

/** The same for an integer from 0 up to 2^length − 1, `length` at most 53. */
export function writeSmallBits(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array((length + 7) >>> 3);
  const spare = 8 * bytes.length - length;
  let index = bytes.length - 1;
  // The last byte takes the low bits, so that what is left stays exact.
  const low = 2 ** (8 - spare);
  if (index >= 0) bytes[index] = (value % low) << spare;
  let rest = Math.floor(value / low);
  while (--index >= 0) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}
