import type { FrameRecords } from './frame-records.ts';
import { doubled } from './journal-columns.ts';

/** What happened to a frame; `opened`, `replaced` and `alsoMatched` say what becomes of the pending bytes. */
export const outcomes = {
  /** The frame matches the entry, which closes. */
  matched: 0,
  /** The same frame matches one more entry. */
  alsoMatched: 1,
  /** The frame is the entry now. */
  opened: 2,
  /** The frame takes the place of the one pending in the entry, which becomes a duplicate. */
  replaced: 3,
  /** An entry closes without a partner: a request as expired, a response as orphan. */
  unmatched: 4,
  /** An entry closes because there are too many. */
  rejected: 5,
  late: 6,
  duplicate: 7,
  notice: 8,
  /** Quarantined: the event time is later than the ingest time allows. */
  future: 9,
  /** Quarantined: the header cannot be read. */
  unreadable: 10,
} as const;

/** Integers, and doubles, from one row of the log to the next. */
const rowIntegers = 4;
const rowDoubles = 4;

/**
 * What a run of journal entries came to, in order. `index` is the journal entry's place in the run; `entry` and what follows are those of
 * the open entry that closed, or whose frame was replaced.
 */
export class OutcomeLog {
  length = 0;
  /** Kind, index, entry and direction of each row. */
  integers: Int32Array = new Int32Array(64 * rowIntegers);
  /** Key, sequence, time and position of each row. */
  doubles: Float64Array = new Float64Array(64 * rowDoubles);

  clear(): void {
    this.length = 0;
  }

  /** Add a row about a frame, and an entry if it opened one. */
  addFrame(kind: number, index: number, entry: number): void {
    const at = this.length * rowIntegers;
    if (at === this.integers.length) this.grow();
    const { integers } = this;
    integers[at] = kind;
    integers[at + 1] = index;
    integers[at + 2] = entry;
    this.length++;
  }

  /** Add a row about an open entry. */
  addEntry(kind: number, index: number, entry: number, direction: number, records: FrameRecords): void {
    const row = this.length;
    this.addFrame(kind, index, entry);
    this.integers[row * rowIntegers + 3] = direction;
    const { doubles } = this;
    const at = row * rowDoubles;
    const chunk = records.chunk(entry);
    const from = records.at(entry);
    doubles[at] = chunk[from] as number;
    doubles[at + 1] = chunk[from + 1] as number;
    doubles[at + 2] = chunk[from + 2] as number;
    doubles[at + 3] = chunk[from + 3] as number;
  }

  kind(row: number): number {
    return this.integers[row * rowIntegers] as number;
  }

  index(row: number): number {
    return this.integers[row * rowIntegers + 1] as number;
  }

  entry(row: number): number {
    return this.integers[row * rowIntegers + 2] as number;
  }

  direction(row: number): 0 | 1 {
    return this.integers[row * rowIntegers + 3] === 0 ? 0 : 1;
  }

  key(row: number): number {
    return this.doubles[row * rowDoubles] as number;
  }

  sequence(row: number): number {
    return this.doubles[row * rowDoubles + 1] as number;
  }

  time(row: number): number {
    return this.doubles[row * rowDoubles + 2] as number;
  }

  position(row: number): number {
    return this.doubles[row * rowDoubles + 3] as number;
  }

  private grow(): void {
    this.integers = doubled(this.integers);
    this.doubles = doubled(this.doubles);
  }
}
