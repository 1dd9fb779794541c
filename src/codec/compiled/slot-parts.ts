import type { FunctionWriter } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';

/**
 * What is kept of a counter or discriminator, and where in its slot: the address of its first byte (0: it was not read), the value of a
 * counter (−1: it has none), and of bits that choose a view a copy, which the address is that of then.
 */
export const slotParts = { address: 0, count: 4, copy: 8, size: 16 } as const;

/** Give the address of a slot. */
export function slotAddress(slotsAt: number, slot: number): number {
  return slotsAt + slotParts.size * slot;
}

/** Empty slots: they hold nothing until their field is read. */
export function resetSlots(f: FunctionWriter, slotsAt: number, slots: number): void {
  for (let slot = 0; slot < slots; slot++) {
    const at = slotAddress(slotsAt, slot);
    f.int(0)
      .int(0)
      .memory(i32.store, at + slotParts.address);
    f.int(0)
      .int(-1)
      .memory(i32.store, at + slotParts.count);
  }
}
