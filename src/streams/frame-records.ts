/** Doubles of a record, and records of a page, as powers of two. */
const recordBits = 2;
const pageBits = 6;

/**
 * Records of the frames that are known: 32 bytes each, so that looking at one touches one line of the cache. What stands for a frame, its
 * entry, is the index of its record, which never moves; no frame has the entry 0.
 *
 * A record is key, sequence, time and position, as doubles. The position is NaN when the frame is not open any more, or never was. The
 * records of a page are of frames of one direction.
 *
 * The little methods spell the two constants out: that keeps them so small that the compiler always puts them in place.
 */
export class FrameRecords {
  doubles: Float64Array = new Float64Array(2 << (pageBits + recordBits));
  /** By page. */
  private directions: Uint8Array = new Uint8Array(64);
  private readonly free: number[] = [];
  private fresh: number = 1 << pageBits; // the page of entry 0 is nobody's

  /** Number of the page that record `index` of a row of pages lies in, and its place there, which an entry has in its page too. */
  pageOf(index: number): number {
    return index >>> 6;
  }

  placeInPage(index: number): number {
    return index & 63;
  }

  /** Where the record of an entry begins in `doubles`: key, sequence, time, position. */
  at(entry: number): number {
    return entry << 2;
  }

  key(entry: number): number {
    return this.doubles[entry << 2] as number;
  }

  sequence(entry: number): number {
    return this.doubles[(entry << 2) + 1] as number;
  }

  time(entry: number): number {
    return this.doubles[(entry << 2) + 2] as number;
  }

  /** NaN when the frame is not open. */
  position(entry: number): number {
    return this.doubles[(entry << 2) + 3] as number;
  }

  setPosition(entry: number, position: number): void {
    this.doubles[(entry << 2) + 3] = position;
  }

  isOpen(entry: number): boolean {
    return !Number.isNaN(this.position(entry));
  }

  /** Whether the entry is that of the identity (key, sequence, time) at `values[from]`. */
  isOf(entry: number, values: Float64Array, from: number): boolean {
    return (
      this.key(entry) === values[from] &&
      this.sequence(entry) === values[from + 1] &&
      this.time(entry) === values[from + 2]
    );
  }

  direction(entry: number): 0 | 1 {
    return this.directions[entry >>> pageBits] === 0 ? 0 : 1;
  }

  /** How many entries there is room for. */
  get capacity(): number {
    return this.doubles.length >>> recordBits;
  }

  /** Write the identity at `values[from]` (key, sequence, time) into a record that is not open. */
  write(entry: number, values: Float64Array, from: number): void {
    const { doubles } = this;
    const at = entry << 2;
    doubles[at] = values[from] as number;
    doubles[at + 1] = values[from + 1] as number;
    doubles[at + 2] = values[from + 2] as number;
    doubles[at + 3] = Number.NaN;
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

  /** Give back the page that begins with this record. */
  freePage(first: number): void {
    this.free.push(first);
  }

  /** Bytes of the pages that were ever used. What lies beyond them was never touched: no memory stands behind it yet. */
  get memory(): number {
    return 8 * (this.fresh << recordBits) + this.directions.length;
  }

  private grow(): void {
    const doubles = new Float64Array(2 * this.doubles.length);
    doubles.set(this.doubles);
    this.doubles = doubles;
    const pages = this.capacity >>> pageBits;
    if (pages <= this.directions.length) return;
    const directions = new Uint8Array(2 * this.directions.length);
    directions.set(this.directions);
    this.directions = directions;
  }
}
