import { crc32 } from 'node:zlib';
import { OverpunchError } from '../errors.ts';
import { keyBytes } from './key-text.ts';
import { type Memory, MemoryPool } from './memory-pool.ts';
import { gonePlace, isGone, TableChanges, type ValuePlace, valueAt } from './table-changes.ts';

const longestLog = 1 << 20; // bytes of all values: what is read at a start, and by every reader
const mostCommits = 64;
const headLength = 8;
const recordHead = 3;
const pool = new MemoryPool();
const kinds = { table: 0, put: 1, delete: 2, written: 3, clear: 4 } as const;

/** Where a log is kept, and the tables that its changes belong to. Called inside of a transaction. */
export interface LogTarget {
  append(number: number, value: Uint8Array): void;
  drop(number: number): void;
  put(table: string, key: Uint8Array, value: Uint8Array): void;
  remove(table: string, key: Uint8Array): void;
}

/** Where a log is read from. */
export interface LogSource {
  /** The number of the first value, if there is any. */
  first(): number | undefined;
  /** The values from a number on. */
  from(number: number): Iterable<readonly [number: number, value: Uint8Array]>;
}

/** What a key was before it changed in the commit under way; `undefined`: nothing was known of it. */
interface Undo {
  readonly changes: TableChanges;
  readonly key: string;
  readonly before: ValuePlace | undefined;
}

/** A place that is known in memory until the commit is on disk that puts it into its table. */
interface Passing {
  readonly changes: TableChanges;
  readonly key: string;
  readonly place: ValuePlace;
}

/** What a commit changed that is not on disk yet. */
export interface SubmittedChanges {
  readonly undo: readonly Undo[];
  readonly passing: readonly Passing[];
  readonly former: readonly [first: number, next: number, bytes: number];
  /** Memory of commits that it took over into their tables. */
  readonly takenOver: readonly Memory[];
}

/**
 * The changes of the latest commits, those of each as one value, so that a commit of many small changes in many tables writes few pages. They are taken over
 * into the tables when there are 64 commits or 1 MiB: only the last change of each key then.
 *
 * A value is, numbers with their low byte first: its CRC-32 of all that follows (4), the number of its records (4), and records of a kind (1), the number of
 * a table in this value (2), and
 *
 * | kind | |
 * |---|---|
 * | 0 | the table is named: bytes (2), UTF-8 |
 * | 1 | put: bytes of the key (2) and of the value (4), both |
 * | 2 | the key is gone: its bytes (2), the key |
 * | 3 | the key is in its table as it is: its bytes (2), the key |
 * | 4 | the table is empty |
 */
export class CommitLog {
  #tables = new Map<string, TableChanges>();
  /** Numbers of the first value and of the next one. */
  #first = 1;
  #next = 1;
  #bytes = 0;
  #undo: Undo[] = [];
  #passing: Passing[] = [];
  #formerTables: Map<string, TableChanges> | null = null;
  #former: readonly [first: number, next: number, bytes: number] = [1, 1, 0];
  /** The value of the commit under way, and the numbers of tables in it. */
  #log: Memory | null = null;
  #length = 0;
  #records = 0;
  readonly #numbers = new Map<string, number>();
  /** Of the commits that are in the log, and of those that the commit under way took over. */
  #logs: Memory[] = [];
  #takenOver: readonly Memory[] = [];

  /** The names of tables that something is kept of. */
  get names(): Iterable<string> {
    return this.#tables.keys();
  }

  changes(table: string): TableChanges | undefined {
    return this.#tables.get(table);
  }

  /** A commit begins. */
  begin(): void {
    this.#former = [this.#first, this.#next, this.#bytes];
    this.#formerTables = null;
    this.#reset();
  }

  put(table: string, key: string, value: Uint8Array): void {
    const start = this.#record(kinds.put, table, 6 + key.length + value.length);
    const { bytes } = this.#log as Memory;
    bytes.writeUInt16LE(key.length, start);
    bytes.writeUInt32LE(value.length, start + 2);
    bytes.write(key, start + 6, 'latin1');
    const at = start + 6 + key.length;
    bytes.set(value, at);
    this.#set(table, key, { log: this.#log as Memory, at, length: value.length, stored: false });
  }

  delete(table: string, key: string): void {
    this.#keyRecord(kinds.delete, table, key);
    this.#set(table, key, gonePlace());
  }

  /** Hear that a key was put into its table, or will be when the commit is on disk, and can be read from a place until then. */
  written(table: string, key: string, place: ValuePlace | null = null): void {
    const before = this.#tables.get(table)?.places.get(key);
    if (before !== undefined && !before.stored) this.#keyRecord(kinds.written, table, key);
    if (place !== null) {
      this.#set(table, key, place);
      this.#passing.push({ changes: this.#changesOf(table), key, place });
    } else if (before !== undefined) {
      const changes = this.#changesOf(table);
      this.#undo.push({ changes, key, before });
      changes.forget(key);
    }
  }

  /** Hear that a table was emptied. */
  clear(table: string): void {
    const changes = this.#tables.get(table);
    if (changes === undefined) return;
    this.#record(kinds.clear, table, 0);
    for (const [key, before] of changes.places) this.#undo.push({ changes, key, before });
    for (const key of [...changes.places.keys()]) changes.forget(key);
  }

  /** All changes of the commit are there: write them; `later`: they are read here until `landed`. */
  write(target: LogTarget, later = false): void {
    if (this.#log === null) return;
    if (this.#bytes + this.#length > longestLog || this.#next - this.#first >= mostCommits) {
      this.#takeOver(target, later);
      return;
    }
    const { bytes } = this.#log;
    bytes.writeUInt32LE(this.#records, 4);
    const value = bytes.subarray(0, this.#length);
    bytes.writeUInt32LE(crc32(value.subarray(4)), 0);
    target.append(this.#next++, value);
    this.#bytes += this.#length;
    this.#logs.push(this.#log);
  }

  /** The commit is over. */
  done(kept: boolean): void {
    if (kept) freeAll(this.#takenOver);
    else {
      if (this.#formerTables !== null) this.#tables = this.#formerTables;
      this.#takeBack(this.#undo, this.#former);
      const logs = this.#takenOver.length > 0 ? this.#takenOver : this.#logs;
      this.#logs = logs.filter((log) => log !== this.#log);
      if (this.#log !== null) pool.free(this.#log);
    }
    this.#formerTables = null;
    this.#reset();
  }

  /** The commit is over, and will be on disk some time later: then it has `landed`, or is `lost`. */
  submitted(): SubmittedChanges {
    const submitted = {
      undo: this.#undo,
      passing: this.#passing,
      former: this.#former,
      takenOver: this.#takenOver,
    };
    this.#reset();
    return submitted;
  }

  /** What was submitted is on disk: what is in the tables now need not be known any more, unless it changed since. */
  landed({ passing, takenOver }: SubmittedChanges): void {
    for (const { changes, key, place } of passing) if (changes.places.get(key) === place) changes.forget(key);
    freeAll(takenOver);
  }

  /** Take back what was submitted and is not kept: the latest first. */
  lost({ undo, former }: SubmittedChanges): void {
    this.#takeBack(undo, former);
  }

  /** Know what is in the log now. Throws STATE_CORRUPT. */
  load(source: LogSource): void {
    const start = source.first();
    const first = start ?? this.#next;
    if (first !== this.#first) {
      this.#tables.clear(); // what was known was taken over into the tables meanwhile
      this.#first = first;
      this.#next = first;
      this.#bytes = 0;
    }
    for (const [number, value] of source.from(this.#next)) {
      if (number !== this.#next) throw damaged();
      this.#next++;
      this.#bytes += value.length;
      this.#read(Buffer.from(value.buffer, value.byteOffset, value.length));
    }
    if (this.#next === start) throw damaged(); // a number that is out of order hides all of them
  }

  /** What lay in memory that is free by now is in its table. */
  #takeBack(undo: readonly Undo[], former: SubmittedChanges['former']): void {
    [this.#first, this.#next, this.#bytes] = former;
    for (const { changes, key, before } of undo.toReversed()) {
      if (before === undefined || before.log.isFree) changes.forget(key);
      else changes.set(key, before);
    }
  }

  /** Do again what a commit did. */
  #read(bytes: Buffer): void {
    if (bytes.length < headLength || crc32(bytes.subarray(4)) !== bytes.readUInt32LE(0)) throw damaged();
    const log: Memory = { bytes, isFree: false };
    const names = new Map<number, string>();
    let at = headLength;
    for (let left = bytes.readUInt32LE(4); left > 0; left--) {
      const kind = bytes[at] as number;
      const number = bytes.readUInt16LE(at + 1);
      at += recordHead;
      if (kind === kinds.clear) {
        this.#tables.delete(names.get(number) ?? '');
        continue;
      }
      const length = bytes.readUInt16LE(at);
      if (kind === kinds.table) {
        names.set(number, bytes.toString('utf8', at + 2, at + 2 + length));
        at += 2 + length;
        continue;
      }
      const changes = this.#changesOf(names.get(number) ?? '');
      if (kind === kinds.put) {
        const size = bytes.readUInt32LE(at + 2);
        const key = bytes.toString('latin1', at + 6, at + 6 + length);
        changes.set(key, { log, at: at + 6 + length, length: size, stored: false });
        at += 6 + length + size;
        continue;
      }
      const key = bytes.toString('latin1', at + 2, at + 2 + length);
      if (kind === kinds.delete) changes.set(key, gonePlace());
      else changes.forget(key);
      at += 2 + length;
    }
  }

  #changesOf(table: string): TableChanges {
    let changes = this.#tables.get(table);
    if (changes === undefined) {
      changes = new TableChanges();
      this.#tables.set(table, changes);
    }
    return changes;
  }

  #set(table: string, key: string, place: ValuePlace): void {
    const changes = this.#changesOf(table);
    this.#undo.push({ changes, key, before: changes.places.get(key) });
    changes.set(key, place);
  }

  #keyRecord(kind: number, table: string, key: string): void {
    const at = this.#record(kind, table, 2 + key.length);
    const { bytes } = this.#log as Memory;
    bytes.writeUInt16LE(key.length, at);
    bytes.write(key, at + 2, 'latin1');
  }

  /** Begin a record of so many bytes behind its head; where those are. */
  #record(kind: number, table: string, length: number): number {
    let number = this.#numbers.get(table);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(table, number);
      const name = Buffer.from(table, 'utf8');
      const at = this.#head(kinds.table, number, 2 + name.length);
      const { bytes } = this.#log as Memory;
      bytes.writeUInt16LE(name.length, at);
      bytes.set(name, at + 2);
    }
    return this.#head(kind, number, length);
  }

  #head(kind: number, number: number, length: number): number {
    this.#log ??= pool.take();
    const start = this.#length;
    const end = start + recordHead + length;
    if (end > this.#log.bytes.length) pool.grow(this.#log, end, start);
    this.#log.bytes[start] = kind;
    this.#log.bytes.writeUInt16LE(number, start + 1);
    this.#length = end;
    this.#records++;
    return start + recordHead;
  }

  #reset(): void {
    this.#undo = [];
    this.#passing = [];
    this.#log = null;
    this.#length = headLength;
    this.#records = 0;
    this.#numbers.clear();
    this.#takenOver = [];
  }

  #takeOver(target: LogTarget, later: boolean): void {
    for (const [table, changes] of this.#tables) {
      for (const [key, place] of changes.places) {
        if (place.stored) continue;
        if (isGone(place)) target.remove(table, keyBytes(key));
        else target.put(table, keyBytes(key), valueAt(place));
        if (later) this.#passing.push({ changes, key, place });
      }
    }
    for (let number = this.#first; number < this.#next; number++) target.drop(number);
    if (!later) {
      this.#formerTables = this.#tables;
      this.#tables = new Map();
    }
    this.#takenOver = this.#log === null ? this.#logs : [...this.#logs, this.#log];
    this.#logs = [];
    this.#first = this.#next;
    this.#bytes = 0;
    const nothing = Buffer.alloc(headLength); // readers tell by the first number that the former ones were taken over
    nothing.writeUInt32LE(crc32(nothing.subarray(4)), 0);
    target.append(this.#next++, nothing);
  }
}

function freeAll(memories: readonly Memory[]): void {
  for (const memory of memories) pool.free(memory);
}

function damaged(): OverpunchError {
  return new OverpunchError('STATE_CORRUPT', 'the log of commits is damaged', {
    hint: 'restore the folder from a backup, or move it away and begin anew',
  });
}
