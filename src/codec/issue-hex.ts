import { toHex } from '../bytes/hex.ts';

const maximumHex = 32 * 1024; // bytes: a whole record of z/OS (LRECL 32,760), and no more of a huge one

/** Write the bytes of an issue, from `start` to before `stop`, as upper-case hexadecimal: at most the first 32 KiB. */
export function issueHex(bytes: Uint8Array, start: number, stop: number): string {
  return toHex(bytes.subarray(start, Math.min(stop, start + maximumHex)));
}
