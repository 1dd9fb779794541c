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

/** Integers from one row of the log to the next. */
const rowIntegers = 3;
const kindBits = 4;

/**
 * What a run of journal entries came to, in order. `index` is the journal entry's place in the run; `entry` and what follows are those of
 * the open entry that closed, or whose frame was replaced.
 *
 * What is known of an entry is read from its record, which nothing else takes before the log is cleared.
 */
export class OutcomeLog {
  length = 0;
  /** Of each row: the kind with the direction above it, index, entry. */
  integers: Int32Array = new Int32Array(64 * rowIntegers);
  private readonly records: FrameRecords;
  /** Positions of frames that were replaced, by row: their records have those of the frames in their place. */
  private readonly replaced: Map<number, number> = new Map();

  constructor(records: FrameRecords) {
    this.records = records;
  }

  /** Forget the rows, and let the records be used that were given back since. */
  clear(): void {
    this.length = 0;
    if (this.replaced.size > 0) this.replaced.clear();
    this.records.recycle();
  }

  /** Make room for so many more rows. */
  reserve(rows: number): void {
    while ((this.length + rows) * rowIntegers > this.integers.length) this.integers = doubled(this.integers);
  }

  /** Add a row about a frame, and an entry if it opened one. */
  addFrame(kind: number, index: number, entry: number): void {
    this.addEntry(kind, index, entry, 0);
  }

  /** Add a row about an open entry, which may close afterwards. */
  addEntry(kind: number, index: number, entry: number, direction: number): void {
    this.reserve(1);
    const { integers } = this;
    const at = this.length * rowIntegers;
    integers[at] = kind | (direction << kindBits);
    integers[at + 1] = index;
    integers[at + 2] = entry;
    if (kind === outcomes.replaced) this.replaced.set(this.length, this.records.position(entry));
    this.length++;
  }

  kind(row: number): number {
    return (this.integers[row * rowIntegers] as number) & ((1 << kindBits) - 1);
  }

  index(row: number): number {
    return this.integers[row * rowIntegers + 1] as number;
  }

  entry(row: number): number {
    return this.integers[row * rowIntegers + 2] as number;
  }

  direction(row: number): 0 | 1 {
    return (this.integers[row * rowIntegers] as number) >>> kindBits === 0 ? 0 : 1;
  }

  key(row: number): number {
    return this.records.key(this.entry(row));
  }

  sequence(row: number): number {
    return this.records.sequence(this.entry(row));
  }

  time(row: number): number {
    return this.records.time(this.entry(row));
  }

  position(row: number): number {
    const replaced = this.replaced.size === 0 ? undefined : this.replaced.get(row);
    return replaced ?? this.records.lastPosition(this.entry(row));
  }
}
