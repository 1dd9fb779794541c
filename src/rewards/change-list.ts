/** A piece of the state that is kept under a key of its own. */
export interface SavedRecord {
  /** Whether it is in the list of what changed. */
  changed: boolean;
  key(): Uint8Array;
  /** `null`: it is gone. */
  value(): Uint8Array | null;
}

/** What changed since the last commit, each piece once, in the order of their first change. */
export class ChangeList {
  private readonly kept: boolean;
  private records: SavedRecord[] = [];

  /** `kept`: whether anybody takes the changes; else nothing is remembered. */
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
