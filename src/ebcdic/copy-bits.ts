import { readSmallBits } from './read-bits.ts';

/** Copy bits to a place of a target; places count from the highest bit of byte 0. Both must have room. */
export function copyBits(source: Uint8Array, from: number, target: Uint8Array, at: number, bits: number): void {
  if (((from | at | bits) & 7) === 0) {
    target.set(source.subarray(from >>> 3, (from + bits) >>> 3), at >>> 3);
    return;
  }
  // Up to the end of a byte of the target at a time.
  for (let done = 0; done < bits; ) {
    const place = at + done;
    const count = Math.min(8 - (place & 7), bits - done);
    const shift = 8 - (place & 7) - count;
    const mask = ((1 << count) - 1) << shift;
    const fresh = readSmallBits(source, from + done, count) << shift;
    target[place >>> 3] = ((target[place >>> 3] ?? 0) & ~mask) | fresh;
    done += count;
  }
}
