import type { Table } from '../state/environment.ts';
import { Allowance, type AllowanceOwner, type Limit } from './allowance.ts';
import type { ChangeList, SavedRecord } from './change-list.ts';
import { dateOfDay } from './local-calendar.ts';
import { dayKey, jsonBytes, numberedKey, recordKinds, saveUnder } from './saved-key.ts';

const chunkBits = 1024; // terminals of a chunk: what is written when one of them is marked

/** The campaign that a day's counts are of. */
export interface DayOwner {
  readonly number: number;
  readonly dayLimit: Limit;
  readonly days: DayUse[];
  /** The one in its row. */
  readonly day: DayUse | null;
  enter(use: DayUse | null): void;
  resource(kind: string, part: string): string;
}

/** What a campaign has given on a local date, and the terminals that had their first bet. */
export class DayUse implements AllowanceOwner {
  readonly campaign: DayOwner;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly out: Allowance;
  /** By index; not all of them are there. */
  readonly marks: (MarkChunk | undefined)[] = [];
  gone = false;
  changed = false;

  constructor(campaign: DayOwner, day: number) {
    this.campaign = campaign;
    this.day = day;
    this.out = new Allowance(campaign.dayLimit, this);
  }

  resourceOf(): string {
    return this.campaign.resource('day', dateOfDay(this.day));
  }

  /** Mark a terminal; whether it was not yet. */
  mark(terminal: number, changes: ChangeList): boolean {
    const index = Math.floor(terminal / chunkBits);
    let chunk = this.marks[index];
    if (chunk === undefined) {
      chunk = new MarkChunk(this, index);
      this.marks[index] = chunk;
    }
    const bit = terminal % chunkBits;
    const mask = 1 << (bit & 7);
    const byte = chunk.bits[bit >> 3] as number;
    if ((byte & mask) !== 0) return false;
    chunk.bits[bit >> 3] = byte | mask;
    changes.note(chunk);
    return true;
  }

  /** Put marks back as they were kept; returns the terminals. */
  restoreMarks(index: number, bits: Uint8Array): readonly number[] {
    const chunk = new MarkChunk(this, index);
    chunk.bits.set(bits);
    this.marks[index] = chunk;
    const marked: number[] = [];
    for (let bit = 0; bit < chunkBits; bit++) {
      if (((bits[bit >> 3] as number) & (1 << (bit & 7))) !== 0) marked.push(index * chunkBits + bit);
    }
    return marked;
  }

  save(table: Table): void {
    const key = numberedKey(recordKinds.dayUse, this.campaign.number, dayKey(this.day));
    saveUnder(table, key, this.gone ? null : jsonBytes(this.out.save()));
  }
}

/** Bits of the terminals from 1024 times an index on. */
export class MarkChunk implements SavedRecord {
  readonly use: DayUse;
  readonly index: number;
  bits: Uint8Array = new Uint8Array(chunkBits / 8);
  changed = false;

  constructor(use: DayUse, index: number) {
    this.use = use;
    this.index = index;
  }

  save(table: Table): void {
    const { campaign, day, gone } = this.use;
    saveUnder(table, numberedKey(recordKinds.marks, campaign.number, dayKey(day), this.index), gone ? null : this.bits);
  }
}
