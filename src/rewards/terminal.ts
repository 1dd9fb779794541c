import type { Table } from '../state/environment.ts';
import type { UsesOwner } from './campaign-uses.ts';
import type { SavedRecord } from './change-list.ts';
import { jsonBytes, numberedKey, recordKinds, saveUnder } from './saved-key.ts';

/** A terminal of which something is known: its region, or rewards. */
export class Terminal implements SavedRecord, UsesOwner {
  readonly number: number;
  readonly name: string;
  region: string | null = null;
  /** The last day for which it is marked as one that had its first bet. */
  lastMark: number = Number.NEGATIVE_INFINITY;
  gone = false;
  changed = false;

  constructor(number: number, name: string) {
    this.number = number;
    this.name = name;
  }

  save(table: Table): void {
    const value = this.gone ? null : jsonBytes([this.name, this.region]);
    saveUnder(table, numberedKey(recordKinds.terminal, this.number), value);
  }

  useKey(campaign: number): Uint8Array {
    return numberedKey(recordKinds.terminalUse, campaign, this.number);
  }

  useValue(_campaign: number, used: number): Uint8Array | null {
    return used < 0 ? null : jsonBytes(used);
  }
}
