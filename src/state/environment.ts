/**
 * Where everything that one partition must keep lies: named tables, and commits that reach all of them or none.
 *
 * One process writes to it, in one thread; readers see what was committed last.
 */
export interface Environment {
  /** Open a table, or make it. Outside of a commit; a table stays open as long as its environment. */
  table(name: string): Table;
  /**
   * Do some work on its tables as one transaction: all of it is on disk when this returns, or nothing of it is when it throws. It is
   * synchronous, and commits do not nest.
   */
  commit<Result>(work: () => Result): Result;
  /**
   * Do some work as a commit that somebody else brings to disk meanwhile. This environment reads what it changed at once, and what is committed or submitted
   * later builds on it; nobody else sees it before `durable` resolves. When it throws, nothing of it is kept.
   */
  submit<Result>(work: () => Result): Submitted<Result>;
  /** Resolve when all that was submitted is on disk. Rejects when some of it cannot be: then nothing of that is kept, nor of what was submitted behind it. */
  durable(): Promise<void>;
  /** Let somebody take part in every commit from now on. Nothing else is to be done in what it is called for. */
  attend(part: CommitPart): void;
  /** Let what is read from now on be what was committed last; a read view that is not renewed keeps old pages alive. */
  renew(): void;
  /** Bytes on disk, or in memory where there is no disk. */
  readonly size: number;
  close(): Promise<void>;
}

/** A commit that is on its way to the disk. */
export interface Submitted<Result> {
  readonly result: Result;
  /** Resolves when it is on disk, in the order of the commits; rejects when it cannot be, and nothing of it is kept. */
  readonly durable: Promise<void>;
}

/** What takes part in the commits of an environment. */
export interface CommitPart {
  /** A commit begins. */
  begin(): void;
  /** Its work is done: write what is still to be written, inside of it. */
  write(): void;
  /** It is over: all of it is kept, or nothing. That it is not may come out later, and then concerns all commits that are not on disk. */
  done(kept: boolean): void;
}

/** Bytes by keys, in the order of the keys' bytes. Keys are 1 to 1,024 bytes. */
export interface Table {
  /** `undefined` when there is none. The bytes are the caller's. */
  get(key: Uint8Array): Uint8Array | undefined;
  /** Inside of a commit only, as are `delete` and `clear`. */
  put(key: Uint8Array, value: Uint8Array): void;
  /** Whether there was one. */
  delete(key: Uint8Array): boolean;
  clear(): void;
  range(options?: RangeOptions): Iterable<Entry>;
}

/** A stretch of keys: from `from` on, up to `to` without it. */
export interface RangeOptions {
  readonly from?: Uint8Array | undefined;
  readonly to?: Uint8Array | undefined;
  /** From the last one to the first. */
  readonly reverse?: boolean | undefined;
  readonly limit?: number | undefined;
}

/** A key with its value. */
export interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}
