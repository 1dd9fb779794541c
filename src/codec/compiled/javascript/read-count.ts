import type { PackedKernel, ZonedKernel } from '../kernel.ts';

/**
 * Read a counter of up to 9 digits; what is negative or bad is −1 or anything, since the field itself is checked too.
 */
export function readCount(b: Uint8Array, address: number, kernel: ZonedKernel | PackedKernel): number {
  return kernel.kind === 'zoned' ? readZoned(b, address, kernel) : readPacked(b, address, kernel);
}

function readZoned(b: Uint8Array, address: number, { start, digits, sign, signAt, zone }: ZonedKernel): number {
  let count = 0;
  for (let at = 0; at < digits; at++) count = 10 * count + ((b[address + start + at] as number) & 15);
  if (sign === 'none' || sign === 'plus') return count;
  const signByte = b[address + signAt] as number;
  const isMinus = sign === 'overpunch' ? signByte >> 4 === 0x0d : signByte === (zone === 0xf0 ? 0x60 : 0x2d);
  return isMinus ? -1 : count;
}

function readPacked(b: Uint8Array, address: number, { length, sign }: PackedKernel): number {
  let count = 0;
  for (let at = 0; at < length - 1; at++) count = 100 * count + tens(b[address + at] as number);
  const last = b[address + length - 1] as number;
  if (sign === 'none') return 100 * count + tens(last);
  return sign === 'signed' && (last & 15) === 0x0d ? -1 : 10 * count + (last >> 4);
}

function tens(byte: number): number {
  return 10 * (byte >> 4) + (byte & 15);
}
