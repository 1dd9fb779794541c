import type { SavedRecord } from './change-list.ts';
import { numberedKey, recordKinds } from './saved-key.ts';

/** Campaigns of a chunk: nearly every bet changes counters, so that many of them are written as one piece. */
export const countersOfChunk = 64;

/** Counters of campaigns by their numbers, for every Nth. */
export class CounterChunk implements SavedRecord {
  readonly number: number;
  readonly values: Float64Array<ArrayBuffer> = new Float64Array(countersOfChunk);
  changed = false;

  constructor(number: number) {
    this.number = number;
  }

  key(): Uint8Array {
    return numberedKey(recordKinds.counters, this.number);
  }

  value(): Uint8Array {
    return new Uint8Array(this.values.buffer).slice();
  }

  restore(bytes: Uint8Array): void {
    new Uint8Array(this.values.buffer).set(bytes);
  }
}
