import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase, type Transaction } from 'lmdb';
import { OverpunchError } from '../errors.ts';
import { checkLmdbFile } from './check-lmdb-file.ts';
import { CommitGuard } from './commit-guard.ts';
import { CommitLog, type LogSource, type LogTarget, type SubmittedChanges } from './commit-log.ts';
import { CommitWrites } from './commit-writes.ts';
import type { CommitPart, Environment, Submitted, Table } from './environment.ts';
import { stateError } from './lmdb-error.ts';
import { type LmdbHost, LmdbTable } from './lmdb-table.ts';
import { makeFolders } from './make-folders.ts';
import { SubmittedCommits } from './submitted-commits.ts';
import { takeWriterLock, type WriterLock } from './writer-lock.ts';

/** Options of an environment on disk. */
export interface LmdbEnvironmentOptions {
  /**
   * See what was committed when the first thing was read, until it is renewed; opening a table renews too. It opens beside a writer.
   * Default: `false`.
   */
  readonly readOnly?: boolean;
  /** Bytes of address space to begin with, which are not memory; more is taken when it is needed. Default: 64 GiB, 4 GiB on Windows. */
  readonly mapSize?: number;
  /** Tables there may be. Default: 256. */
  readonly maxTables?: number;
}

type Store = Database<Uint8Array, Uint8Array>;
const logName = '.log'; // no table that somebody names
// A file that grows beyond its map is mapped anew, which holds up whoever commits or reads. Windows counts a map as if it were all used.
const usualMapSize = process.platform === 'win32' ? 2 ** 32 : 2 ** 36;
const binary = { encoding: 'binary', keyEncoding: 'binary' } as const;

/**
 * Open the environment in a folder, which is made (for its owner alone) unless it is only read: LMDB, where a commit is one synchronous
 * transaction and on disk when it returns.
 *
 * Throws STATE_LOCKED when somebody else writes to it, STATE_CORRUPT, STATE_READ_ONLY, STATE_GONE (to be read, but there is nothing),
 * STATE_FULL, IO. After a commit failed on the disk's part every further one throws the same: close it and open it again.
 */
export function openLmdbEnvironment(path: string, options: LmdbEnvironmentOptions = {}): Environment {
  const { readOnly = false, mapSize = usualMapSize, maxTables = 256 } = options;
  const file = join(path, 'data.mdb');
  let lock: WriterLock | undefined;
  try {
    if (!readOnly) {
      makeFolders(path, 0o700);
      lock = takeWriterLock(path);
    }
    const meta = statSync(file, { throwIfNoEntry: false }) === undefined ? null : checkLmdbFile(file);
    if (meta === null && readOnly) throw new OverpunchError('STATE_GONE', `there is no state in ${path}`);
    const native = {
      ...binary,
      readOnly,
      mapSize: Math.max(mapSize, meta?.mapSize ?? 0),
      maxDbs: maxTables + 1, // with the log
      noSubdir: false, // whatever the name of the folder looks like
      overlappingSync: false, // on disk when the call returns, not some time later
      permissionsMode: 0o600,
      // Entries of the list of free pages in memory. It is searched for each long value, and written in each commit: with the library's 50,000
      // a commit takes many times longer as soon as journals drop their oldest blocks.
      maxFreeSpaceToLoad: 4000,
      maxFreeSpaceToRetain: 6000,
    };
    const root = open<Uint8Array, Uint8Array>(`${path}/`, native);
    try {
      return new LmdbEnvironment(path, file, root, native, lock);
    } catch (error) {
      void root.close();
      throw error;
    }
  } catch (error) {
    void lock?.release();
    throw stateError(error, `cannot open the state in ${path}`, file);
  }
}

class LmdbEnvironment implements Environment, LmdbHost {
  readonly log: CommitLog = new CommitLog();
  writes: CommitWrites | null = null;
  readonly #submitted: SubmittedCommits;
  readonly #guard = new CommitGuard();
  readonly #path: string;
  readonly #file: string;
  readonly #root: RootDatabase<Uint8Array, Uint8Array>;
  readonly #readOnly: boolean;
  readonly #lock: WriterLock | undefined;
  readonly #stores: Map<string, Store | undefined> = new Map();
  readonly #inode: number;
  #size: number;
  #view: Transaction | undefined;
  /** Why writing failed: in this commit, and for good. */
  #commitError: OverpunchError | undefined;
  #failure: OverpunchError | undefined;

  constructor(
    path: string,
    file: string,
    root: RootDatabase<Uint8Array, Uint8Array>,
    native: { readonly readOnly: boolean },
    lock: WriterLock | undefined,
  ) {
    const { readOnly } = native;
    this.#path = path;
    this.#file = file;
    this.#root = root;
    this.#submitted = new SubmittedCommits(`${path}/`, native, (error) => {
      this.#failure = this.#commitFailure(error);
      this.#guard.over(false);
      return this.#failure;
    });
    this.#readOnly = readOnly;
    this.#lock = lock;
    const { ino, size } = statSync(file);
    this.#inode = ino;
    this.#size = size;
    this.#stores.set(logName, this.#open(logName));
    if (readOnly) return;
    this.log.load(this.#logSource(undefined));
    for (const name of this.log.names) this.#stores.set(name, this.#open(name));
  }

  table(name: string): Table {
    this.#guard.checkOutside('a table cannot be opened');
    if (name === '') throw new RangeError('a table has a name');
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#readOnly) this.renew();
    if (this.#stores.get(name) === undefined) this.#stores.set(name, this.#open(name));
    return new LmdbTable(this, name);
  }

  commit<Result>(work: () => Result): Result {
    this.#guard.checkBegin();
    this.#submitted.wait();
    this.#checkBegin();
    let done: { readonly result: Result } | undefined;
    let working = true;
    let kept = false;
    try {
      this.#root.transactionSync(() => {
        this.log.begin();
        done = { result: this.#guard.during(work) };
        working = false;
        this.log.write(this.#logTarget);
        if (this.#commitError !== undefined) throw this.#commitError;
      });
      kept = true;
    } catch (error) {
      if (working || error === this.#commitError) throw error;
      this.#failure = this.#commitFailure(error);
      throw this.#failure;
    } finally {
      this.log.done(kept);
      this.#guard.over(kept);
    }
    return (done as unknown as { readonly result: Result }).result;
  }

  submit<Result>(work: () => Result): Submitted<Result> {
    this.#guard.checkBegin();
    this.#checkBegin();
    const writes = new CommitWrites();
    let changes: SubmittedChanges | undefined;
    try {
      this.writes = writes;
      this.log.begin();
      const result = this.#guard.during(work);
      this.log.write(targetOf(writes), true);
      if (this.#commitError !== undefined) throw this.#commitError;
      changes = this.log.submitted();
      return { result, durable: this.#bring(writes, changes) };
    } finally {
      this.writes = null;
      if (changes === undefined) {
        this.log.done(false);
        writes.free();
      }
      this.#guard.over(changes !== undefined);
    }
  }

  durable(): Promise<void> {
    return this.#submitted.durable;
  }

  attend(part: CommitPart): void {
    this.#guard.attend(part);
  }

  renew(): void {
    this.#guard.checkOpen();
    if (!this.#readOnly) return;
    this.#view?.done();
    this.#view = undefined;
    this.#root.resetReadTxn();
    for (const [name, store] of this.#stores) if (store === undefined) this.#stores.set(name, this.#open(name));
  }

  get size(): number {
    return statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
  }

  async close(): Promise<void> {
    if (!this.#guard.open) return;
    this.#guard.checkOutside('an environment cannot be closed');
    this.#guard.close();
    this.#view?.done();
    await this.#submitted.close();
    await this.#root.close();
    await this.#lock?.release();
  }

  store(name: string): Store | undefined {
    this.#guard.checkOpen();
    return this.#stores.get(name);
  }

  view(): Transaction | undefined {
    if (this.#readOnly && this.#view === undefined) {
      this.#view = this.#root.useReadTransaction();
      this.log.load(this.#logSource(this.#view));
    }
    return this.#view;
  }

  checkWriting(): void {
    this.#guard.checkWriting();
  }

  failed(error: unknown): Error {
    const coded = stateError(error, `cannot use the state in ${this.#path}`, this.#file);
    if (this.#guard.committing) this.#commitError ??= coded;
    return coded;
  }

  #open(name: string): Store | undefined {
    try {
      return this.#root.openDB<Uint8Array, Uint8Array>(name, binary);
    } catch (error) {
      throw stateError(error, `cannot open table ${name} in ${this.#path}`, this.#file);
    }
  }

  /** Where the log is kept, inside of a commit. */
  get #logTarget(): LogTarget {
    const log = this.#stores.get(logName);
    return {
      append: (number, value) => void log?.putSync(logKey(number), value),
      drop: (number) => void log?.removeSync(logKey(number)),
      put: (table, key, value) => void this.#stores.get(table)?.putSync(key, value),
      remove: (table, key) => void this.#stores.get(table)?.removeSync(key),
    };
  }

  #logSource(view: Transaction | undefined): LogSource {
    const log = this.#stores.get(logName);
    const options = view === undefined ? {} : { transaction: view };
    return {
      first: () => {
        for (const key of log?.getKeys({ ...options, limit: 1 }) ?? []) return numberOfLogKey(key);
        return undefined;
      },
      *from(number) {
        for (const { key, value } of log?.getRange({ ...options, start: logKey(number) }) ?? []) {
          yield [numberOfLogKey(key), new Uint8Array(value)];
        }
      },
    };
  }

  /** Bring to disk what was submitted. */
  #bring(writes: CommitWrites, changes: SubmittedChanges): Promise<void> {
    return this.#submitted.add(writes.list, {
      landed: () => {
        this.#root.resetReadTxn(); // what is forgotten below is read from the tables
        this.log.landed(changes);
        writes.free();
      },
      lost: () => this.log.lost(changes),
    });
  }

  #commitFailure(error: unknown): OverpunchError {
    return stateError(error, `cannot commit to ${this.#path}`, this.#file);
  }

  /** Check that something can be committed. */
  #checkBegin(): void {
    if (this.#readOnly) throw new RangeError('the environment was opened to be read only');
    if (this.#failure !== undefined) throw this.#failure;
    this.#checkPresent();
    this.#commitError = undefined;
  }

  /** Writing to a file that was removed would succeed, and be lost. */
  #checkPresent(): void {
    const there = statSync(this.#file, { throwIfNoEntry: false });
    if (there?.ino !== this.#inode) {
      this.#failure = new OverpunchError('STATE_GONE', `${this.#file} was removed or replaced while it was open`);
      throw this.#failure;
    }
    if (there.size < this.#size) {
      this.#failure = new OverpunchError('STATE_CORRUPT', `${this.#file} was cut while it was open`);
      throw this.#failure;
    }
    this.#size = there.size;
  }
}

/** Where the log is kept by another thread. */
function targetOf(writes: CommitWrites): LogTarget {
  return {
    append: (number, value) => void writes.put(logName, logKey(number), value),
    drop: (number) => writes.remove(logName, logKey(number)),
    put: (table, key, value) => void writes.put(table, key, value),
    remove: (table, key) => writes.remove(table, key),
  };
}

function logKey(number: number): Uint8Array {
  const key = Buffer.alloc(6); // bytes: high first, so that they are in the order of their numbers
  key.writeUIntBE(number, 0, 6);
  return key;
}

function numberOfLogKey(key: Uint8Array): number {
  return Buffer.from(key).readUIntBE(0, 6);
}
