/** Doubles, and integers, from one record to the next. */
export const recordDoubles = 6;
export const recordIntegers: number = 2 * recordDoubles;

/** Where things lie in a record: doubles first, then integers. */
export const recordField = { key: 0, sequence: 1, time: 2, position: 3, size: 8, next: 9, previous: 10 } as const;

/** Records are given out, and taken back, by pages of so many. */
export const pageBits = 6;
export const pageRecords: number = 1 << pageBits;

/**
 * Records of the frames that are known: 48 bytes each, so that looking at one touches one or two lines of the cache. What stands for a
 * frame, its entry, is the index of its record, which never moves.
 *
 * A record is key, sequence, time and position as doubles, then integers: the bytes of the frame times two plus the direction, and
 * two links of `OpenEntries`. The position is NaN when the frame is not open any more, or never was.
 */
export class FrameRecords {
  doubles: Float64Array = new Float64Array(recordDoubles * pageRecords);
  integers: Int32Array = new Int32Array(this.doubles.buffer);
  private readonly free: number[] = [];
  private fresh = 0;

  key(entry: number): number {
    return this.doubles[entry * recordDoubles + recordField.key] as number;
  }

  sequence(entry: number): number {
    return this.doubles[entry * recordDoubles + recordField.sequence] as number;
  }

  time(entry: number): number {
    return this.doubles[entry * recordDoubles + recordField.time] as number;
  }

  /** NaN when the frame is not open. */
  position(entry: number): number {
    return this.doubles[entry * recordDoubles + recordField.position] as number;
  }

  isOpen(entry: number): boolean {
    return !Number.isNaN(this.position(entry));
  }

  direction(entry: number): number {
    return (this.integers[entry * recordIntegers + recordField.size] as number) & 1;
  }

  size(entry: number): number {
    return (this.integers[entry * recordIntegers + recordField.size] as number) >>> 1;
  }

  /** Write the identity at `values[from]` (key, sequence, time) into a record that is not open. */
  write(entry: number, values: Float64Array, from: number): void {
    const { doubles } = this;
    const at = entry * recordDoubles;
    doubles[at + recordField.key] = values[from] as number;
    doubles[at + recordField.sequence] = values[from + 1] as number;
    doubles[at + recordField.time] = values[from + 2] as number;
    doubles[at + recordField.position] = Number.NaN;
  }

  /** The first record of a page that nothing uses. */
  takePage(): number {
    const page = this.free.pop();
    if (page !== undefined) return page;
    const first = this.fresh;
    this.fresh += pageRecords;
    if (this.fresh * recordDoubles > this.doubles.length) this.grow();
    return first;
  }

  /** Give back the page that begins with this record. */
  freePage(first: number): void {
    this.free.push(first);
  }

  /** Bytes of the pages that were ever used. What lies beyond them was never touched: no memory stands behind it yet. */
  get memory(): number {
    return 8 * recordDoubles * this.fresh;
  }

  private grow(): void {
    const doubles = new Float64Array(2 * this.doubles.length);
    doubles.set(this.doubles);
    this.doubles = doubles;
    this.integers = new Int32Array(doubles.buffer);
  }
}
