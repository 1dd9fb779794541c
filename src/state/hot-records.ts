import { OverpunchError } from '../errors.ts';
import { checkKey } from './check-key.ts';
import { compareKeyTexts, keyBytes, keyText, type StateKey } from './key-text.ts';
import type { KeyedStore, StateChange, TimedEntry, Timer } from './keyed-store.ts';
import { SortedList } from './sorted-list.ts';
import { readRecords, type StateRecord, writeRecords } from './state-record.ts';

/** Something that comes at a time. */
interface Timed {
  readonly key: string;
  readonly time: number;
}

/** A record as it is held: always replaced, never changed, but for the block of the log that it lies in. */
export interface HotRecord extends StateRecord {
  /** Number of that block; 0: in none. */
  block: number;
}

/** Where the changes of a store are written down. */
export interface ChangeLog {
  /** Write changed records, and those that are gone, inside of a commit. */
  write(changes: readonly ChangedRecord[], current: ReadonlyMap<string, HotRecord>): void;
  /** The commit in which they were written has returned. */
  committed(): void;
  /** What was written counts no longer. */
  dropped(): void;
}

/** What a key had before a batch and has now; `undefined`: nothing. */
export interface ChangedRecord {
  readonly key: string;
  readonly before: HotRecord | undefined;
  readonly now: HotRecord | undefined;
}

const nothing: ChangeLog = { write: () => {}, committed: () => {}, dropped: () => {} };

/** A keyed store in memory, which has its changes written by a log, if there is one. */
export class HotRecords implements KeyedStore {
  readonly #records: Map<string, HotRecord>;
  readonly #log: ChangeLog;
  /** What the keys that changed since the last commit had then. */
  readonly #before: Map<string, HotRecord | undefined> = new Map();
  readonly #timers: SortedList<Timed> = new SortedList(compareTimed);
  /** Entries by time: made when it is first asked for, kept from then on. */
  #times: SortedList<Timed> | undefined;
  #size = 0;
  /** Whether a log has what changed. */
  #written = false;

  constructor(records: Map<string, HotRecord> = new Map(), log: ChangeLog = nothing) {
    this.#records = records;
    this.#log = log;
    for (const { key, value, timer } of records.values()) {
      if (value !== undefined) this.#size++;
      if (!Number.isNaN(timer)) this.#timers.add({ key, time: timer });
    }
  }

  get size(): number {
    return this.#size;
  }

  get(key: StateKey): Uint8Array | undefined {
    return this.#records.get(textOf(key))?.value;
  }

  timeOf(key: StateKey): number | undefined {
    const record = this.#records.get(textOf(key));
    return record?.value === undefined ? undefined : record.time;
  }

  put(key: StateKey, value: Uint8Array, time = 0): void {
    checkTime(time);
    const text = textOf(key);
    const old = this.#records.get(text);
    this.#set(text, old, new Uint8Array(value), time, old?.timer ?? Number.NaN);
  }

  putIfAbsent(key: StateKey, value: Uint8Array, time = 0): Uint8Array | undefined {
    const there = this.get(key);
    if (there === undefined) this.put(key, value, time);
    return there;
  }

  delete(key: StateKey): boolean {
    const text = textOf(key);
    const old = this.#records.get(text);
    if (old?.value === undefined) return false;
    this.#set(text, old, undefined, 0, Number.NaN);
    return true;
  }

  *rangeByTime(
    from: number = Number.NEGATIVE_INFINITY,
    to: number = Number.POSITIVE_INFINITY,
  ): IterableIterator<TimedEntry> {
    checkTime(from);
    checkTime(to);
    const times = this.#timesOfEntries();
    let at = times.next({ key: '', time: from });
    while (at !== undefined && (at.time < to || to === Number.POSITIVE_INFINITY)) {
      const { key, time } = at;
      yield { key: keyBytes(key), value: this.#records.get(key)?.value as Uint8Array, time };
      at = times.next(at, true);
    }
  }

  setTimer(key: StateKey, time: number): void {
    checkTime(time);
    const text = textOf(key);
    const record = this.#records.get(text);
    this.#set(text, record, record?.value, record?.time ?? 0, time);
  }

  timerOf(key: StateKey): number | undefined {
    const timer = this.#records.get(textOf(key))?.timer ?? Number.NaN;
    return Number.isNaN(timer) ? undefined : timer;
  }

  deleteTimer(key: StateKey): boolean {
    const text = textOf(key);
    const record = this.#records.get(text);
    if (record === undefined || Number.isNaN(record.timer)) return false;
    this.#set(text, record, record.value, record.time, Number.NaN);
    return true;
  }

  nextTimer(): Timer | undefined {
    const first = this.#timers.first();
    return first === undefined ? undefined : { key: keyBytes(first.key), time: first.time };
  }

  *fireTimers(watermark: number): IterableIterator<Timer> {
    checkTime(watermark);
    for (
      let first = this.#timers.first();
      first !== undefined && first.time < watermark;
      first = this.#timers.first()
    ) {
      const key = keyBytes(first.key);
      this.deleteTimer(key);
      yield { key, time: first.time };
    }
  }

  changes(): readonly StateChange[] {
    const changed = this.#changed().sort((one, other) => compareKeyTexts(one.key, other.key));
    return changed.map(({ key, now }) => ({
      key: keyBytes(key),
      value: now?.value,
      time: now?.value === undefined ? undefined : now.time,
      timer: now === undefined || Number.isNaN(now.timer) ? undefined : now.timer,
    }));
  }

  writeChanges(): void {
    this.#log.write(this.#changed(), this.#records);
    this.#written = true;
  }

  commit(): void {
    if (this.#log !== nothing && !this.#written && this.#before.size > 0) {
      throw new RangeError('changes are written inside of a commit of the environment before they are committed');
    }
    this.#log.committed();
    this.#before.clear();
    this.#written = false;
  }

  rollback(): void {
    this.#log.dropped();
    for (const [key, record] of [...this.#before]) {
      this.#set(key, this.#records.get(key), record?.value, record?.time ?? 0, record?.timer ?? Number.NaN);
      if (record !== undefined) this.#records.set(key, record);
    }
    this.#before.clear();
  }

  snapshot(): Uint8Array {
    return writeRecords([...this.#records.values()].sort((one, other) => compareKeyTexts(one.key, other.key)));
  }

  restore(snapshot: Uint8Array): void {
    const records = readRecords(snapshot);
    if (records === null) throw new OverpunchError('STATE_CORRUPT', 'a snapshot of state is damaged');
    const gone = new Set(this.#records.keys());
    for (const { key, value, time, timer } of records) {
      gone.delete(key);
      this.#set(key, this.#records.get(key), value, time, timer);
    }
    for (const key of gone) this.#set(key, this.#records.get(key), undefined, 0, Number.NaN);
  }

  /** Let a key, which has `old` now, have a value or none, a timer or none. */
  #set(
    key: string,
    old: HotRecord | undefined,
    value: Uint8Array | undefined,
    givenTime: number,
    givenTimer: number,
  ): void {
    const time = givenTime + 0; // no minus zero
    const timer = givenTimer + 0;
    this.#written = false;
    if (!this.#before.has(key)) this.#before.set(key, old);
    const timed = !Number.isNaN(timer);
    if (old?.value !== undefined) {
      this.#size--;
      this.#times?.delete(old);
    }
    if (old !== undefined && !Number.isNaN(old.timer)) this.#timers.delete({ key, time: old.timer });
    if (value !== undefined) {
      this.#size++;
      this.#times?.add({ key, time });
    }
    if (timed) this.#timers.add({ key, time: timer });
    if (value !== undefined || timed) this.#records.set(key, { key, value, time, timer, block: 0 });
    else {
      this.#records.delete(key);
      // It came and went: nothing is left of it.
      if (this.#before.get(key) === undefined) this.#before.delete(key);
    }
  }

  #changed(): ChangedRecord[] {
    const changed: ChangedRecord[] = [];
    for (const [key, before] of this.#before) {
      const now = this.#records.get(key);
      if (before === now) continue;
      if (!isSame(before, now)) changed.push({ key, before, now });
      else if (before !== undefined) this.#records.set(key, before); // the one that knows its block
    }
    return changed;
  }

  #timesOfEntries(): SortedList<Timed> {
    if (this.#times === undefined) {
      this.#times = new SortedList(compareTimed);
      for (const { key, value, time } of this.#records.values())
        if (value !== undefined) this.#times.add({ key, time });
    }
    return this.#times;
  }
}

function textOf(key: StateKey): string {
  const text = keyText(key);
  checkKey(text);
  return text;
}

function checkTime(time: number): void {
  if (Number.isNaN(time)) throw new RangeError('a time is a number');
}

function compareTimed(one: Timed, other: Timed): number {
  if (one.time !== other.time) return one.time < other.time ? -1 : 1;
  return compareKeyTexts(one.key, other.key);
}

/** Whether two records of a key hold the same; one that was put anew with what it had did not change. */
function isSame(one: StateRecord | undefined, other: StateRecord | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (!Object.is(one.timer, other.timer)) return false;
  if (one.value === undefined || other.value === undefined) return one.value === other.value;
  return Object.is(one.time, other.time) && Buffer.compare(one.value, other.value) === 0;
}
