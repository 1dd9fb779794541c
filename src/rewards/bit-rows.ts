import type { FieldRows } from './field-rows.ts';

const wordsOfLine = 16; // of the memory: what is in one costs once
const bitsAtOnce = 100_000; // between two yields
const rowsAtOnce = 4096;

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

  /** The word that a bit is in. */
  word(offset: number, bit: number): number {
    return this.#words[offset + (bit >>> 5)] as number;
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

  /**
   * Turn bits over in rows that stand one behind the other from an offset on: of each bit those in a list of rows. It yields now and then.
   *
   * A list by itself touches as many places far apart as it is long: bits are gathered beside the rows first, for so many of them as share a line of
   * the memory.
   */
  *toggle(first: number, rows: number, lists: readonly (Int32Array | null)[]): Generator<void> {
    const { stride } = this;
    const gathered = new Int32Array(rows * wordsOfLine);
    let work = 0;
    for (let start = 0; start < lists.length; start += 32 * wordsOfLine) {
      const end = Math.min(start + 32 * wordsOfLine, lists.length);
      for (let bit = start; bit < end; bit++) {
        const list = lists[bit] ?? null;
        if (list === null) continue;
        gather(list, gathered, (bit - start) >>> 5, 1 << (bit & 31));
        work += list.length;
        if (work < bitsAtOnce) continue;
        work = 0;
        yield;
      }
      const at = first + (start >>> 5);
      const width = Math.min(wordsOfLine, stride - (start >>> 5));
      for (let row = 0; row < rows; row += rowsAtOnce) {
        spread(gathered, this.#words, at, stride, width, row, Math.min(rows, row + rowsAtOnce));
        yield;
      }
    }
  }
}

function gather(rows: Int32Array, gathered: Int32Array, word: number, bit: number): void {
  for (let index = 0; index < rows.length; index++) {
    const at = (rows[index] as number) * wordsOfLine + word;
    gathered[at] = (gathered[at] as number) | bit;
  }
}

/** Turn over what was gathered for some rows, and empty it. */
function spread(
  gathered: Int32Array,
  words: Int32Array,
  first: number,
  stride: number,
  width: number,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) {
    const start = first + row * stride;
    const own = row * wordsOfLine;
    for (let word = 0; word < width; word++) {
      const bits = gathered[own + word] as number;
      if (bits === 0) continue;
      words[start + word] = (words[start + word] as number) ^ bits;
      gathered[own + word] = 0;
    }
  }
}
