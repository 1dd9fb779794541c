import type { Emission } from './emission.ts';
import type { NumberLanes } from './number-lanes.ts';
import type { Local } from './wasm/function-writer.ts';
import { i32, v128 } from './wasm/instructions.ts';

const minus = 0x2d;
const iota = Uint8Array.from({ length: 32 }, (_, index) => index);

/**
 * Write a number whose digits are the lanes of the vector `digits`, by `lanes`; lanes without a digit are zero.
 *
 * `negative`: a local that is 1 for a minus, `null` for what has no sign. A minus zero is unusual. Leading zeros are cut off by moving
 * the text down: a swizzle by 0, 1, 2, … from the number of zeros on.
 */
export function writeNumber(emission: Emission, lanes: NumberLanes, digits: Local, negative: Local | null): void {
  const { f, out, zero, scratch, module } = emission;
  const { sources, point, keep } = lanes;
  if (negative !== null) writeMinus(emission, negative);
  f.get(digits).get(zero).vector(v128.gtS, v128.bitmask);
  if (negative !== null) {
    // Below zero only when no digit is set and the sign is.
    f.tee(scratch.mask).get(negative).do(i32.sub);
    emission.suspect();
    f.get(scratch.mask);
  }
  f.int(1 << keep)
    .do(i32.or, i32.ctz)
    .set(scratch.mask);
  f.get(out).get(digits);
  const characters = new Uint8Array(16).fill(0x30);
  if (point >= 0) characters[point] = 0x2e;
  emission.constant(characters).f.vector(v128.or);
  f.get(scratch.mask).vectorMemory(v128.load, module.constant(iota)).vector(v128.swizzle);
  emission.storeVector();
  emission.advance(() => f.get(scratch.mask), sources.length);
}

/** Write a minus, and pass over it when `negative` is 1. */
export function writeMinus(emission: Emission, negative: Local): void {
  const { f, out } = emission;
  f.get(out).int(minus);
  emission.store(i32.store8);
  f.get(out).get(negative).do(i32.add).set(out);
}
