import { compareKeyTexts } from './key-text.ts';
import type { Memory } from './memory-pool.ts';
import { SortedList } from './sorted-list.ts';

/** Where a value lies; one of a negative length is gone. Each change of a key has a place of its own. */
export interface ValuePlace {
  readonly log: Memory;
  readonly at: number;
  readonly length: number;
  /** Whether it goes into its table in the commit that it is part of, and is in no log. */
  readonly stored: boolean;
}

/** What changed in a table and cannot be read there yet, by the texts of keys. */
export class TableChanges {
  readonly places: Map<string, ValuePlace> = new Map();
  readonly #keys = new SortedList<string>(compareKeyTexts);

  set(key: string, place: ValuePlace): void {
    if (!this.places.has(key)) this.#keys.add(key);
    this.places.set(key, place);
  }

  /** Know nothing of a key: it is in the table as it is. */
  forget(key: string): void {
    if (this.places.delete(key)) this.#keys.delete(key);
  }

  /** At most so many keys from one on, or with `behind` after it, up to `to` without it. */
  keysFrom(from: string, behind: boolean, to: string | null, most: number): string[] {
    const found: string[] = [];
    let key = this.#keys.next(from, behind);
    for (; key !== undefined && found.length < most && (to === null || key < to); key = this.#keys.next(key, true)) {
      found.push(key);
    }
    return found;
  }

  /** At most so many keys before one, or from the last one, down to `from`. */
  keysBefore(to: string | null, from: string, most: number): string[] {
    const found: string[] = [];
    let key = to === null ? this.#keys.last() : this.#keys.previous(to);
    for (; key !== undefined && found.length < most && key >= from; key = this.#keys.previous(key)) found.push(key);
    return found;
  }
}

/** The bytes of a value, as a view. */
export function valueAt({ log, at, length }: ValuePlace): Uint8Array {
  return log.bytes.subarray(at, at + length);
}

const nothing: Memory = { bytes: Buffer.alloc(0), isFree: false };

/** The place of what is gone. */
export function gonePlace(): ValuePlace {
  return { log: nothing, at: 0, length: -1, stored: false };
}

export function isGone({ length }: ValuePlace): boolean {
  return length < 0;
}
