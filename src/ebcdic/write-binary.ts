import type { NumberWriting } from './number-writing.ts';
import type { BinaryOptions } from './read-binary.ts';

/** Write a binary field of `length` bytes, two's complement. The inverse of `readBinary`; refuses what is out of range. */
export function writeBinary(value: bigint, options: BinaryOptions & { readonly length: number }): NumberWriting {
  const { length, order, signed } = options;
  const size = 1n << BigInt(8 * length);
  const [least, most] = signed ? [-size / 2n, size / 2n - 1n] : [0n, size - 1n];
  if (value < least && !signed) return { error: 'ENCODE_SIGN', expected: 'no minus sign: the field is unsigned' };
  if (value < least || value > most) {
    return { error: 'ENCODE_RANGE', expected: `${least} to ${most} as stored, which is what ${length} bytes hold` };
  }
  const bytes = new Uint8Array(length);
  let rest = value < 0n ? value + size : value;
  for (let index = 0; index < length; index++) {
    bytes[order === 'big' ? length - 1 - index : index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return { bytes };
}
