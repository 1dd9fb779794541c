import { OverpunchError } from '../errors.ts';
import { checkKey } from './check-key.ts';
import { CommitGuard } from './commit-guard.ts';
import type { CommitPart, Entry, Environment, RangeOptions, Submitted, Table } from './environment.ts';
import { compareKeyTexts, keyBytes, keyText } from './key-text.ts';
import { SortedList } from './sorted-list.ts';

/** Options of an environment in memory. */
export interface MemoryEnvironmentOptions {
  /** What it keeps its tables in, to be opened again. Default: a new one. */
  readonly disk?: MemoryDisk;
  /** See what was committed when it was opened, or last renewed. Default: `false`. */
  readonly readOnly?: boolean;
}

/** What environments in memory keep their tables in, in place of a disk: it outlives them. */
export class MemoryDisk {
  readonly tables: Map<string, MemoryRows> = new Map();
  /** Whether somebody writes to it. */
  locked = false;
}

/** The keys of a table in memory, in their order, and their values. */
class MemoryRows {
  readonly keys: SortedList<string> = new SortedList<string>(compareKeyTexts);
  readonly values: Map<string, Uint8Array> = new Map();

  set(key: string, value: Uint8Array | undefined): void {
    if (value === undefined) {
      if (this.values.delete(key)) this.keys.delete(key);
    } else {
      if (!this.values.has(key)) this.keys.add(key);
      this.values.set(key, value);
    }
  }

  copy(): MemoryRows {
    const copied = new MemoryRows();
    for (const [key, value] of this.values) copied.set(key, value);
    return copied;
  }
}

/** What a commit changed: the table, the key, and what was there before it. */
interface Undo {
  readonly rows: MemoryRows;
  readonly key: string;
  readonly value: Uint8Array | undefined;
}

/**
 * Open an environment that keeps everything in memory: for tests, and for state that need not outlive its process.
 *
 * It throws STATE_LOCKED when another one writes to the same `disk`.
 */
export function openMemoryEnvironment(options: MemoryEnvironmentOptions = {}): Environment {
  return new MemoryEnvironment(options.disk ?? new MemoryDisk(), options.readOnly ?? false);
}

class MemoryEnvironment implements Environment {
  readonly guard: CommitGuard = new CommitGuard();
  readonly #disk: MemoryDisk;
  readonly #readOnly: boolean;
  #view: Map<string, MemoryRows>;
  #undo: Undo[] = [];

  constructor(disk: MemoryDisk, readOnly: boolean) {
    if (!readOnly && disk.locked) throw new OverpunchError('STATE_LOCKED', 'another environment writes to this memory');
    this.#disk = disk;
    this.#readOnly = readOnly;
    this.#view = disk.tables;
    if (readOnly) this.renew();
    else disk.locked = true;
  }

  table(name: string): Table {
    this.guard.checkOutside('a table cannot be opened');
    if (!this.#readOnly && !this.#view.has(name)) this.#view.set(name, new MemoryRows());
    else if (this.#readOnly) this.renew();
    return new MemoryTable(this, name);
  }

  commit<Result>(work: () => Result): Result {
    this.guard.checkBegin();
    if (this.#readOnly) throw new RangeError('the environment was opened to be read only');
    let kept = false;
    try {
      const result = this.guard.during(work);
      kept = true;
      return result;
    } catch (error) {
      for (const { rows, key, value } of this.#undo.toReversed()) rows.set(key, value);
      throw error;
    } finally {
      this.#undo = [];
      this.guard.over(kept);
    }
  }

  submit<Result>(work: () => Result): Submitted<Result> {
    return { result: this.commit(work), durable: Promise.resolve() };
  }

  async durable(): Promise<void> {}

  attend(part: CommitPart): void {
    this.guard.attend(part);
  }

  renew(): void {
    this.guard.checkOpen();
    if (!this.#readOnly) return;
    this.#view = new Map([...this.#disk.tables].map(([name, rows]) => [name, rows.copy()]));
  }

  get size(): number {
    let size = 0;
    for (const { values } of this.#view.values()) for (const [key, value] of values) size += key.length + value.length;
    return size;
  }

  async close(): Promise<void> {
    if (!this.guard.open) return;
    this.guard.checkOutside('an environment cannot be closed');
    this.guard.close();
    if (!this.#readOnly) this.#disk.locked = false;
  }

  rows(name: string): MemoryRows | undefined {
    this.guard.checkOpen();
    return this.#view.get(name);
  }

  change(rows: MemoryRows, key: string, value: Uint8Array | undefined): void {
    this.#undo.push({ rows, key, value: rows.values.get(key) });
    rows.set(key, value);
  }
}

class MemoryTable implements Table {
  readonly #environment: MemoryEnvironment;
  readonly #name: string;

  constructor(environment: MemoryEnvironment, name: string) {
    this.#environment = environment;
    this.#name = name;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    checkKey(key);
    return this.#environment.rows(this.#name)?.values.get(keyText(key))?.slice();
  }

  put(key: Uint8Array, value: Uint8Array): void {
    checkKey(key);
    this.#environment.change(this.#writable(), keyText(key), new Uint8Array(value));
  }

  delete(key: Uint8Array): boolean {
    checkKey(key);
    const rows = this.#writable();
    const text = keyText(key);
    if (!rows.values.has(text)) return false;
    this.#environment.change(rows, text, undefined);
    return true;
  }

  clear(): void {
    const rows = this.#writable();
    for (const key of [...rows.values.keys()]) this.#environment.change(rows, key, undefined);
  }

  *range(options: RangeOptions = {}): IterableIterator<Entry> {
    const { from, to, reverse = false, limit = Number.POSITIVE_INFINITY } = options;
    const low = from === undefined ? '' : keyText(from);
    const high = to === undefined ? undefined : keyText(to);
    let at: string | undefined;
    for (let count = 0; count < limit; count++) {
      const rows = this.#environment.rows(this.#name);
      if (rows === undefined) return;
      const { keys, values } = rows;
      if (!reverse) at = count === 0 ? keys.next(low) : keys.next(at as string, true);
      else if (count > 0) at = keys.previous(at as string);
      else at = high === undefined ? keys.last() : keys.previous(high);
      if (at === undefined || (reverse ? at < low : high !== undefined && at >= high)) return;
      yield { key: keyBytes(at), value: (values.get(at) as Uint8Array).slice() };
    }
  }

  #writable(): MemoryRows {
    this.#environment.guard.checkWriting();
    return this.#environment.rows(this.#name) as MemoryRows;
  }
}
