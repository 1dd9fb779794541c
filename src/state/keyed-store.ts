import type { StateKey } from './key-text.ts';

/**
 * Bytes by keys, with times and timers, all of it in memory; what changed on balance since the last commit is what is written down.
 *
 * A key is 1 to 1,024 bytes, or text that stands for its UTF-8. An entry has a time, any number but NaN. A key has at most one timer, with
 * or without an entry. Bytes that are put are copied; bytes that are given out are the store's, not to be changed. Several keys of the same
 * time come in the order of their bytes.
 */
export interface KeyedStore {
  /** Entries; timers without one do not count. */
  readonly size: number;
  get(key: StateKey): Uint8Array | undefined;
  /** The time of an entry. */
  timeOf(key: StateKey): number | undefined;
  /** Put an entry, in place of the one there. Its timer stays. `time`: 0 by default. */
  put(key: StateKey, value: Uint8Array, time?: number): void;
  /** Put an entry unless there is one, whose value is returned then. */
  putIfAbsent(key: StateKey, value: Uint8Array, time?: number): Uint8Array | undefined;
  /** Take away an entry with its timer; whether there was one. */
  delete(key: StateKey): boolean;
  /** Entries from a time on, up to another without it, by (time, key). It may be written to meanwhile. */
  rangeByTime(from?: number, to?: number): Iterable<TimedEntry>;
  /** Set the timer of a key, or move it. */
  setTimer(key: StateKey, time: number): void;
  timerOf(key: StateKey): number | undefined;
  /** Take away the timer of a key; whether there was one. */
  deleteTimer(key: StateKey): boolean;
  /** The earliest timer. */
  nextTimer(): Timer | undefined;
  /** Give out the timers that are earlier than a watermark, by (time, key), each taken away before; those set meanwhile come too. */
  fireTimers(watermark: number): Iterable<Timer>;
  /** What changed on balance since the last commit, by key: one that came and went is not in it. */
  changes(): readonly StateChange[];
  /** Inside of a commit of its environment: write the changes. They count as committed with `commit` only. */
  writeChanges(): void;
  /** Let the changes be the state from now on, when the commit they were written in has returned. */
  commit(): void;
  /** Take back all that changed since the last commit. */
  rollback(): void;
  /** All entries and timers as bytes, the same for the same state. */
  snapshot(): Uint8Array;
  /** Be what a snapshot holds; a change like any other. Throws STATE_CORRUPT, and then nothing changed. */
  restore(snapshot: Uint8Array): void;
}

/** An entry with its time. */
export interface TimedEntry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly time: number;
}

/** A point in time at which something is to be done about a key. */
export interface Timer {
  readonly key: Uint8Array;
  readonly time: number;
}

/** What a key has now: `value` and `time` of its entry, if there is one, and its timer, if there is one. */
export interface StateChange {
  readonly key: Uint8Array;
  readonly value: Uint8Array | undefined;
  readonly time: number | undefined;
  readonly timer: number | undefined;
}
