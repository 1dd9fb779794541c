import type { Table } from '../state/environment.ts';

/** A piece of the state that is kept under keys of its own. */
export interface SavedRecord {
  /** Whether it is in the list of what changed. */
  changed: boolean;
  /** Inside of a commit: write what it is now, or delete it if it is gone. */
  save(table: Table): void;
}

/** What changed since the last commit, each piece once, in the order of their first change. */
export class ChangeList {
  /** Whether anybody takes the changes; else nothing is remembered. */
  readonly kept: boolean;
  private records: SavedRecord[] = [];

  constructor(kept: boolean) {
    this.kept = kept;
  }

  note(record: SavedRecord): void {
    if (record.changed || !this.kept) return;
    record.changed = true;
    this.records.push(record);
  }

  /** Give out what changed, and begin anew. */
  take(): readonly SavedRecord[] {
    const { records } = this;
    this.records = [];
    for (const record of records) record.changed = false;
    return records;
  }
}
