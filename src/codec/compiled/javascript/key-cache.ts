const entries = 256; // a power of two

/** What `lookUp` gives for a key that is not known. */
export const unknownKey = -2;

/** The most bytes of a key. */
export const longestKey = 8;

/**
 * Remembers what was decided for keys of up to 8 bytes: which view or record they mean. Decisions depend on nothing but the key; a new
 * one takes the place of another that has the same slot.
 */
export class KeyCache {
  readonly #keys = new Int32Array(2 * entries);
  readonly #decisions = new Int32Array(entries).fill(unknownKey);

  lookUp(high: number, low: number): number {
    const slot = slotOf(high, low);
    const isSame = this.#keys[2 * slot] === high && this.#keys[2 * slot + 1] === low;
    return isSame ? (this.#decisions[slot] ?? unknownKey) : unknownKey;
  }

  remember(high: number, low: number, decision: number): number {
    const slot = slotOf(high, low);
    this.#keys[2 * slot] = high;
    this.#keys[2 * slot + 1] = low;
    this.#decisions[slot] = decision;
    return decision;
  }
}

function slotOf(high: number, low: number): number {
  return Math.imul(Math.imul(high, 0x9e3779b1) ^ low, 0x85ebca6b) >>> 24;
}
