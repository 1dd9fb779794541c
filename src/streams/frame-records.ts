import { doubled } from './journal-columns.ts';

/** Doubles of a record, records of a page, and records of a chunk, as powers of two. */
const recordBits = 2;
const pageBits = 6;
const chunkBits = 15;

/**
 * Records of the frames that are known: 32 bytes each, so that looking at one touches one line of the cache. What stands for a frame, its
 * entry, is the number of its record, which never moves; no frame has the entry 0.
 *
 * A record is key, time, sequence and position, as doubles: the first two are all that a match looks at, and are in one line of the cache
 * wherever memory begins; the position is that of an open frame. Whether it is open is a bit elsewhere: so
 * nothing is written to a record when its frame closes. The records of a page are of frames of one direction. They lie in chunks, of which
 * only the first one grows: no growth copies more than that.
 *
 * The little methods spell the constants out: that keeps them so small that the compiler always puts them in place.
 */
export class FrameRecords {
  /** Record `entry` is in chunk `entry >>> 15`, from the double that `at` tells. */
  readonly chunks: Float64Array[] = [new Float64Array(2 << (pageBits + recordBits))];
  /** Bits of open frames, 32 records each. */
  openBits: Int32Array = new Int32Array(4);
  /** By page. */
  private directions: Uint8Array = new Uint8Array(64);
  private readonly free: number[] = [];
  private readonly given: number[] = [];
  private fresh: number = 1 << pageBits; // the page of entry 0 is nobody's

  /** Number of the page that record `index` of a row of pages lies in, and its place there, which an entry has in its page too. */
  pageOf(index: number): number {
    return index >>> 6;
  }

  /** How many records so many pages have. */
  countOf(pages: number): number {
    return pages << pageBits;
  }

  placeInPage(index: number): number {
    return index & 63;
  }

  /** The chunk that has the record of an entry. */
  chunk(entry: number): Float64Array {
    return this.chunks[entry >>> 15] as Float64Array;
  }

  /** Where the record of an entry begins in its chunk: key, time, sequence, position. */
  at(entry: number): number {
    return (entry & 0x7fff) << 2;
  }

  key(entry: number): number {
    return this.chunk(entry)[(entry & 0x7fff) << 2] as number;
  }

  time(entry: number): number {
    return this.chunk(entry)[((entry & 0x7fff) << 2) + 1] as number;
  }

  sequence(entry: number): number {
    return this.chunk(entry)[((entry & 0x7fff) << 2) + 2] as number;
  }

  /** NaN when the frame is not open. */
  position(entry: number): number {
    return this.isOpen(entry) ? (this.chunk(entry)[((entry & 0x7fff) << 2) + 3] as number) : Number.NaN;
  }

  /** That of an open frame, or of one that closed since the last `recycle`. */
  lastPosition(entry: number): number {
    return this.chunk(entry)[((entry & 0x7fff) << 2) + 3] as number;
  }

  isOpen(entry: number): boolean {
    return ((this.openBits[entry >>> 5] as number) & (1 << entry)) !== 0;
  }

  /** The bits of the 32 records from this one on, which is a multiple of 32: those of open frames are set. */
  openOf(first: number): number {
    return this.openBits[first >>> 5] as number;
  }

  open(entry: number, position: number): void {
    this.chunk(entry)[((entry & 0x7fff) << 2) + 3] = position;
    this.openBits[entry >>> 5] = (this.openBits[entry >>> 5] as number) | (1 << entry);
  }

  close(entry: number): void {
    this.openBits[entry >>> 5] = (this.openBits[entry >>> 5] as number) & ~(1 << entry);
  }

  /** Whether the entry is that of the identity (key, sequence, time) at `values[from]`. */
  isOf(entry: number, values: Float64Array, from: number): boolean {
    const chunk = this.chunk(entry);
    const at = this.at(entry);
    return chunk[at] === values[from] && chunk[at + 2] === values[from + 1] && chunk[at + 1] === values[from + 2];
  }

  direction(entry: number): 0 | 1 {
    return this.directions[entry >>> pageBits] === 0 ? 0 : 1;
  }

  /** How many entries there is room for. */
  get capacity(): number {
    return (
      ((this.chunks.length - 1) << chunkBits) +
      ((this.chunks[this.chunks.length - 1] as Float64Array).length >>> recordBits)
    );
  }

  /** Write the identity at `values[from]` (key, sequence, time) into a record that is not open. */
  write(entry: number, values: Float64Array, from: number): void {
    const chunk = this.chunk(entry);
    const at = this.at(entry);
    chunk[at] = values[from] as number;
    chunk[at + 1] = values[from + 2] as number;
    chunk[at + 2] = values[from + 1] as number;
  }

  /** The first record of a page that nothing uses, for frames of this direction. */
  takePage(direction: 0 | 1): number {
    let first = this.free.pop();
    if (first === undefined) {
      first = this.fresh;
      this.fresh += 1 << pageBits;
      if (this.fresh > this.capacity) this.grow();
    }
    this.directions[first >>> pageBits] = direction;
    return first;
  }

  /** Give back the page that begins with this record. It stays as it is up to the next `recycle`. */
  freePage(first: number): void {
    this.given.push(first);
  }

  /** Let the pages be taken that were given back, the last one first. */
  recycle(): void {
    const { free, given } = this;
    for (let at = 0; at < given.length; at++) free.push(given[at] as number);
    given.length = 0;
  }

  /** Bytes of the pages that were ever used. What lies beyond them was never touched: no memory stands behind it yet. */
  get memory(): number {
    return 8 * (this.fresh << recordBits) + this.openBits.byteLength + this.directions.length;
  }

  private grow(): void {
    const { chunks } = this;
    const first = chunks[0] as Float64Array;
    const full = 1 << (chunkBits + recordBits);
    if (first.length < full) {
      chunks[0] = new Float64Array(2 * first.length);
      chunks[0].set(first);
    } else chunks.push(new Float64Array(full));
    const pages = this.capacity >>> pageBits;
    if (pages > this.directions.length) this.directions = doubled(this.directions);
    if (2 * pages > this.openBits.length) this.openBits = doubled(this.openBits);
  }
}
