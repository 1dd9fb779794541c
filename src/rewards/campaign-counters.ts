import type { Table } from '../state/environment.ts';
import { type CampaignRows, inRow, rowWidth } from './campaign-rows.ts';
import type { ChangeList, SavedRecord } from './change-list.ts';
import { numberedKey, recordKinds } from './saved-key.ts';

const countersOfChunk = 64; // nearly every bet changes counters, so that many of them are written as one piece

/** Keeps the counters of campaigns, for every Nth. */
export class CampaignCounters implements SavedRecord {
  changed = false;
  private readonly rows: CampaignRows;
  private readonly changes: ChangeList;
  /** Numbers of the chunks of which one changed. */
  private readonly chunks: Set<number> = new Set();

  constructor(rows: CampaignRows, changes: ChangeList) {
    this.rows = rows;
    this.changes = changes;
  }

  /** Hear that the counter of a campaign changed. */
  note(campaign: number): void {
    if (!this.changes.kept) return;
    this.chunks.add(Math.floor(campaign / countersOfChunk));
    this.changes.note(this);
  }

  save(table: Table): void {
    for (const chunk of this.chunks) table.put(numberedKey(recordKinds.counters, chunk), this.chunk(chunk));
    this.chunks.clear();
  }

  /** Put the counters of a chunk back, once its campaigns are there. */
  restore(chunk: number, bytes: Uint8Array, campaigns: number): void {
    const values = new Float64Array(bytes.slice().buffer);
    const { numbers } = this.rows;
    for (const [at, value] of values.entries()) {
      const campaign = chunk * countersOfChunk + at;
      if (campaign < campaigns) numbers[campaign * rowWidth + inRow.counter] = value;
    }
  }

  private chunk(chunk: number): Uint8Array {
    const { numbers } = this.rows;
    const first = chunk * countersOfChunk;
    const values = new Float64Array(countersOfChunk);
    for (let at = 0; at < countersOfChunk; at++) values[at] = numbers[(first + at) * rowWidth + inRow.counter] ?? 0;
    return new Uint8Array(values.buffer);
  }
}
