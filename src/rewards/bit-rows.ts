/**
 * Rows of bits, one bit for each campaign, all in one array. An offset names a row.
 */
export class BitRows {
  /** Words of a row. */
  readonly stride: number;
  readonly #words: Int32Array;
  #used = 0;

  /** `rows` is how many there will be. */
  constructor(campaigns: number, rows: number) {
    this.stride = Math.max(1, Math.ceil(campaigns / 32));
    this.#words = new Int32Array(rows * this.stride);
  }

  /** Add a row: without bits, or with those of another one. Returns its offset. */
  add(copied: number | null = null): number {
    const offset = this.#used;
    if (offset === this.#words.length) throw new RangeError('there are more rows than was said');
    this.#used += this.stride;
    if (copied !== null) this.#words.copyWithin(offset, copied, copied + this.stride);
    return offset;
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

  /** Take all bits of a row away. */
  empty(offset: number): void {
    this.#words.fill(0, offset, offset + this.stride);
  }
}
