import type { Site } from './emission.ts';
import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';

/** Where an item starts: an address, and the bit in the byte there, which is known beforehand or in a variable; 0 of what is no bit item. */
export interface BitSite extends Site {
  readonly bit: number | Local;
}

/** Push the bit at which an item starts. */
export function pushBit(f: FunctionWriter, bit: number | Local): void {
  if (typeof bit === 'number') f.int(bit);
  else f.get(bit);
}

/** Push the address of the byte in which an item starts. */
export function pushAddress(f: FunctionWriter, { base, offset }: Site): void {
  f.get(base);
  if (offset > 0) f.int(offset).do(i32.add);
}
