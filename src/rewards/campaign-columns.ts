import type { FieldRows } from './field-rows.ts';

const wordsOfLine = 16; // of the memory: what is in one costs once

/**
 * The same as `BitRows`, but the bits of a campaign in all rows stand together: who asks for several fields of one campaign finds them in
 * one place of the memory. Good for fields with few rows.
 */
export class CampaignColumns implements FieldRows {
  readonly stride: number = 1;
  /** Words of a campaign. */
  readonly width: number;
  readonly words: Int32Array;
  readonly #campaigns: number;
  readonly #rows: number;
  #used: number;

  /** `rows` is how many there will be; in front of them each campaign has some words that others write. */
  constructor(campaigns: number, rows: number, words: number) {
    const width = words + Math.ceil(rows / 32);
    this.width = width > 8 && width < wordsOfLine ? wordsOfLine : width;
    this.#used = 32 * words;
    this.#rows = this.#used + rows;
    this.words = new Int32Array(campaigns * this.width);
    this.#campaigns = campaigns;
  }

  add(count: number, copied: number | null = null): number {
    const first = this.#used;
    const end = first + count;
    if (end > this.#rows) throw new RangeError('there are more rows than was said');
    this.#used = end;
    if (copied === null) return first;
    const { words, width } = this;
    for (let campaign = 0; campaign < this.#campaigns; campaign++) {
      if (!this.has(copied, campaign)) continue;
      const start = campaign * width;
      for (let row = first; row < end; ) {
        // Whole words at once where a word is all within.
        const isWhole = (row & 31) === 0 && row + 32 <= end;
        const at = start + (row >>> 5);
        words[at] = isWhole ? -1 : (words[at] ?? 0) | (1 << (row & 31));
        row += isWhole ? 32 : 1;
      }
    }
    return first;
  }

  has(row: number, campaign: number): boolean {
    return ((this.words[campaign * this.width + (row >>> 5)] ?? 0) & (1 << (row & 31))) !== 0;
  }

  set(row: number, campaign: number): void {
    const at = campaign * this.width + (row >>> 5);
    this.words[at] = (this.words[at] ?? 0) | (1 << (row & 31));
  }

  clear(row: number, campaign: number): void {
    const at = campaign * this.width + (row >>> 5);
    this.words[at] = (this.words[at] ?? 0) & ~(1 << (row & 31));
  }

  empty(row: number): void {
    for (let campaign = 0; campaign < this.#campaigns; campaign++) this.clear(row, campaign);
  }
}
