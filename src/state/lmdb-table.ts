import type { Database, Transaction } from 'lmdb';
import { checkKey } from './check-key.ts';
import type { CommitLog } from './commit-log.ts';
import type { CommitWrites } from './commit-writes.ts';
import type { Entry, RangeOptions, Table } from './environment.ts';
import { keyBytes, keyText } from './key-text.ts';
import { isGone, type TableChanges, valueAt } from './table-changes.ts';

/** What a table needs of the environment that it is in. */
export interface LmdbHost {
  /** The store of a table, `undefined` where there is none yet; throws when the environment is closed. */
  store(name: string): Database<Uint8Array, Uint8Array> | undefined;
  /** What is read from; `undefined` outside of a fixed view. */
  view(): Transaction | undefined;
  /** What changed and is not in the tables yet; what is read from is to be known before. */
  readonly log: CommitLog;
  /** What another thread is to write; `null` when what is put goes into its table at once. */
  readonly writes: CommitWrites | null;
  /** Check that a commit is under way. */
  checkWriting(): void;
  /** Make a coded error of one that the library threw; it ends the commit that is under way. */
  failed(error: unknown): Error;
}

// Entries read at once: a cursor never outlives the call that made it. Who looks at the first ones only pays for few.
const firstChunk = 4;
const longestChunk = 256;
const shortValue = 1 << 13; // bytes: longer ones go into their table at once

/** A table of an LMDB environment. */
export class LmdbTable implements Table {
  readonly #host: LmdbHost;
  readonly #name: string;

  constructor(host: LmdbHost, name: string) {
    this.#host = host;
    this.#name = name;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    checkKey(key);
    const store = this.#host.store(this.#name) as Readable | undefined;
    try {
      const options = this.#options();
      const place = this.#changes?.places.get(keyText(key));
      if (place !== undefined) return isGone(place) ? undefined : new Uint8Array(valueAt(place));
      const found = store?.getBinary(key, options);
      return found === undefined ? undefined : plain(found);
    } catch (error) {
      throw this.#host.failed(error);
    }
  }

  put(key: Uint8Array, value: Uint8Array): void {
    checkKey(key);
    this.#host.checkWriting();
    if (value.length <= shortValue) {
      this.#host.log.put(this.#name, keyText(key), value);
      return;
    }
    const { writes } = this.#host;
    if (writes !== null) {
      this.#host.log.written(this.#name, keyText(key), writes.put(this.#name, key, value));
      return;
    }
    try {
      this.#host.store(this.#name)?.putSync(key, value);
      this.#host.log.written(this.#name, keyText(key));
    } catch (error) {
      throw this.#host.failed(error);
    }
  }

  delete(key: Uint8Array): boolean {
    checkKey(key);
    this.#host.checkWriting();
    try {
      const text = keyText(key);
      const place = this.#changes?.places.get(text);
      const isThere = place === undefined ? (this.#host.store(this.#name)?.doesExist(key) ?? false) : !isGone(place);
      if (isThere) this.#host.log.delete(this.#name, text);
      return isThere;
    } catch (error) {
      throw this.#host.failed(error);
    }
  }

  clear(): void {
    this.#host.checkWriting();
    if (this.#host.writes !== null) {
      for (const { key } of [...this.range()]) this.delete(key);
      return;
    }
    try {
      this.#host.store(this.#name)?.clearSync();
      this.#host.log.clear(this.#name);
    } catch (error) {
      throw this.#host.failed(error);
    }
  }

  *range(options: RangeOptions = {}): IterableIterator<Entry> {
    const { from, to, reverse = false } = options;
    let left = options.limit ?? Number.POSITIVE_INFINITY;
    let after: Uint8Array | undefined;
    for (let length = firstChunk; left > 0; length = Math.min(4 * length, longestChunk)) {
      const limit = Math.min(left, length);
      const low = reverse ? from : (after ?? from);
      const high = reverse ? (after ?? to) : to;
      const chunk = this.#chunk(low, high, after !== undefined, reverse, limit);
      const merged = this.#merged(chunk, low, high, after !== undefined, reverse, limit);
      for (const entry of merged.entries) {
        if (left-- <= 0) return;
        yield entry;
      }
      after = merged.last;
      if (after === undefined) return;
    }
  }

  /** Put what changed into a chunk of what the table has; `last` is the key up to which that is all there is, `undefined` at the end. */
  #merged(
    chunk: readonly Entry[],
    from: Uint8Array | undefined,
    to: Uint8Array | undefined,
    behind: boolean,
    reverse: boolean,
    limit: number,
  ): { readonly entries: readonly Entry[]; readonly last: Uint8Array | undefined } {
    const isFull = chunk.length === limit;
    const changes = this.#changes;
    if (changes === undefined || changes.places.size === 0 || isEmpty(from, to)) {
      return { entries: chunk, last: isFull ? chunk.at(-1)?.key : undefined };
    }
    const low = from === undefined ? '' : keyText(from);
    const high = to === undefined ? null : keyText(to);
    const changed = reverse ? changes.keysBefore(high, low, limit) : changes.keysFrom(low, behind, high, limit);
    const comes = (one: string, other: string): boolean => (reverse ? one > other : one < other);
    let bound = isFull ? keyText((chunk.at(-1) as Entry).key) : null;
    const lastChanged = changed.at(-1) ?? '';
    if (changed.length === limit && (bound === null || comes(lastChanged, bound))) bound = lastChanged;
    const entries: Entry[] = [];
    let at = 0;
    const addChanged = (key: string): void => {
      const place = changes.places.get(key);
      if (place !== undefined && !isGone(place))
        entries.push({ key: keyBytes(key), value: new Uint8Array(valueAt(place)) });
    };
    for (const entry of chunk) {
      const key = keyText(entry.key);
      if (bound !== null && comes(bound, key)) break;
      for (; at < changed.length && comes(changed[at] as string, key); at++) addChanged(changed[at] as string);
      if (changed[at] === key) addChanged(changed[at++] as string);
      else entries.push(entry);
    }
    for (; at < changed.length; at++) {
      const key = changed[at] as string;
      if (bound !== null && comes(bound, key)) break;
      addChanged(key);
    }
    return { entries, last: bound === null ? undefined : keyBytes(bound) };
  }

  get #changes(): TableChanges | undefined {
    return this.#host.log.changes(this.#name);
  }

  /** Read entries from `from` (with `behind`: after it) up to `to` without it. */
  #chunk(
    from: Uint8Array | undefined,
    to: Uint8Array | undefined,
    behind: boolean,
    reverse: boolean,
    limit: number,
  ): Entry[] {
    const store = this.#host.store(this.#name);
    if (store === undefined || isEmpty(from, to)) return [];
    const start = reverse ? to : from;
    const end = reverse ? from : to;
    const options = {
      ...(start === undefined || start.length === 0 ? {} : { start }),
      ...(end === undefined || end.length === 0 ? {} : { end }),
      exclusiveStart: (reverse || behind) && start !== undefined,
      inclusiveEnd: reverse,
      reverse,
      limit,
      ...this.#options(),
    };
    const entries: Entry[] = [];
    try {
      for (const { key, value } of store.getRange(options)) entries.push({ key: plain(key), value: plain(value) });
    } catch (error) {
      throw this.#host.failed(error);
    }
    return entries;
  }

  #options(): { readonly transaction: Transaction } | undefined {
    const transaction = this.#host.view();
    return transaction === undefined ? undefined : { transaction };
  }
}

/** Reading from a given transaction, which the declarations of the library leave out. */
interface Readable {
  getBinary(key: Uint8Array, options: { readonly transaction: Transaction } | undefined): Buffer | undefined;
}

/** The bytes alone: the library's buffers are of their own kind, some with a length of their own. They are never used again there. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
}

/** Whether no key can be in a range: the library reads some of those the other way. */
function isEmpty(from: Uint8Array | undefined, to: Uint8Array | undefined): boolean {
  return to !== undefined && (to.length === 0 || (from !== undefined && Buffer.compare(from, to) >= 0));
}
