import type { Database, Transaction } from 'lmdb';
import { checkKey } from './check-key.ts';
import type { Entry, RangeOptions, Table } from './environment.ts';

/** What a table needs of the environment that it is in. */
export interface LmdbHost {
  /** The store of a table, `undefined` where there is none yet; throws when the environment is closed. */
  store(name: string): Database<Uint8Array, Uint8Array> | undefined;
  /** What is read from; `undefined` outside of a fixed view. */
  view(): Transaction | undefined;
  /** Check that a commit is under way. */
  checkWriting(): void;
  /** Make a coded error of one that the library threw; it ends the commit that is under way. */
  failed(error: unknown): Error;
}

// Entries read at once: a cursor never outlives the call that made it. Who looks at the first ones only pays for few.
const firstChunk = 4;
const longestChunk = 256;

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
      const found = store?.getBinary(key, this.#options());
      return found === undefined ? undefined : plain(found);
    } catch (error) {
      throw this.#host.failed(error);
    }
  }

  put(key: Uint8Array, value: Uint8Array): void {
    checkKey(key);
    this.#host.checkWriting();
    try {
      this.#host.store(this.#name)?.putSync(key, value);
    } catch (error) {
      throw this.#host.failed(error);
    }
  }

  delete(key: Uint8Array): boolean {
    checkKey(key);
    this.#host.checkWriting();
    try {
      return this.#host.store(this.#name)?.removeSync(key) ?? false;
    } catch (error) {
      throw this.#host.failed(error);
    }
  }

  clear(): void {
    this.#host.checkWriting();
    try {
      this.#host.store(this.#name)?.clearSync();
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
      const chunk = this.#chunk(
        reverse ? from : (after ?? from),
        reverse ? (after ?? to) : to,
        after !== undefined,
        reverse,
        limit,
      );
      yield* chunk;
      left -= chunk.length;
      after = chunk.at(-1)?.key;
      if (chunk.length < limit) return;
    }
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
