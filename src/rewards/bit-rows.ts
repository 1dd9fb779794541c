import type { FieldRows } from './field-rows.ts';

/** Rows of bits one behind the other: good for fields with many rows. */
export class BitRows implements FieldRows {
  /** Words of a row. */
  readonly stride: number;
  readonly #words: Int32Array;
  #used = 0;

  /** `rows` is how many there will be. */
  constructor(campaigns: number, rows: number) {
    this.stride = Math.max(1, Math.ceil(campaigns / 32));
    this.#words = new Int32Array(rows * this.stride);
  }

  add(count: number, copied: number | null = null): number {
    const first = this.#used;
    this.#used += count * this.stride;
    if (this.#used > this.#words.length) throw new RangeError('there are more rows than was said');
    if (copied !== null) {
      for (let offset = first; offset < this.#used; offset += this.stride) {
        this.#words.copyWithin(offset, copied, copied + this.stride);
      }
    }
    return first;
  }

  has(offset: number, bit: number): boolean {
    return ((this.#words[offset + (bit >>> 5)] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  set(offset: number, bit: number): void {
    const at = offset + (bit >>> 5);
    this.#words[at] = (this.#words[at] ?? 0) | (1 << (bit & 31));
  }

  clear(offset: number, bit: number): void {
    const at = offset + (bit >>> 5);
    this.#words[at] = (this.#words[at] ?? 0) & ~(1 << (bit & 31));
  }

  empty(offset: number): void {
    this.#words.fill(0, offset, offset + this.stride);
  }
}
