import type { PackedKernel, ZonedKernel } from '../kernel.ts';

/**
 * Whether a decimal surely cannot be read, which is an error: a digit is over 9, and the field is not one byte repeated as blanks are,
 * which would only be a note. False says nothing.
 */
export function isUnreadable(b: Uint8Array, address: number, kernel: ZonedKernel | PackedKernel): boolean {
  const first = b[address];
  let isBad = false;
  let isRepeated = true;
  for (let at = 0; at < kernel.length; at++) {
    const byte = b[address + at] as number;
    isRepeated &&= byte === first;
    isBad ||= kernel.kind === 'zoned' ? isBadZoned(byte, at, kernel) : isBadPacked(byte, at, kernel);
  }
  return isBad && !isRepeated;
}

function isBadZoned(byte: number, at: number, { start, digits, zone, lenient, signAt }: ZonedKernel): boolean {
  if (at < start || at >= start + digits) return false;
  return ((byte ^ zone) & (lenient || at === signAt ? 0x0f : 0xff)) > 9;
}

function isBadPacked(byte: number, at: number, { length, sign }: PackedKernel): boolean {
  return byte >> 4 > 9 || ((sign === 'none' || at < length - 1) && (byte & 15) > 9);
}
