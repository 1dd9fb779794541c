import { type FrameRecords, recordDoubles, recordField } from './frame-records.ts';
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

/**
 * What a run of journal entries came to, in order, in columns. `index` is the journal entry's place in the run; `entry` and what
 * follows are those of the open entry that closed, or whose frame was replaced.
 */
export class OutcomeLog {
  length = 0;
  kind: Uint8Array = new Uint8Array(64);
  index: Int32Array = new Int32Array(64);
  entry: Int32Array = new Int32Array(64);
  direction: Uint8Array = new Uint8Array(64);
  key: Float64Array = new Float64Array(64);
  sequence: Float64Array = new Float64Array(64);
  time: Float64Array = new Float64Array(64);
  position: Float64Array = new Float64Array(64);

  clear(): void {
    this.length = 0;
  }

  /** Add a row about a frame, and an entry if it opened one. */
  addFrame(kind: number, index: number, entry: number): void {
    const at = this.length;
    if (at === this.kind.length) this.grow();
    this.kind[at] = kind;
    this.index[at] = index;
    this.entry[at] = entry;
    this.length = at + 1;
  }

  /** Add a row about an open entry. */
  addEntry(kind: number, index: number, entry: number, direction: number, records: FrameRecords): void {
    const at = this.length;
    this.addFrame(kind, index, entry);
    const { doubles } = records;
    const from = entry * recordDoubles;
    this.direction[at] = direction;
    this.key[at] = doubles[from] as number;
    this.sequence[at] = doubles[from + recordField.sequence] as number;
    this.time[at] = doubles[from + recordField.time] as number;
    this.position[at] = doubles[from + recordField.position] as number;
  }

  private grow(): void {
    this.kind = doubled(this.kind);
    this.index = doubled(this.index);
    this.entry = doubled(this.entry);
    this.direction = doubled(this.direction);
    this.key = doubled(this.key);
    this.sequence = doubled(this.sequence);
    this.time = doubled(this.time);
    this.position = doubled(this.position);
  }
}
