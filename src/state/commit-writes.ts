import { type Memory, MemoryPool } from './memory-pool.ts';
import type { ValuePlace } from './table-changes.ts';

const pool = new MemoryPool((length) => Buffer.from(new SharedArrayBuffer(length)));

/** What is written to tables by one commit, in order, so that another thread can do it. */
export interface WriteList {
  /** The tables, by number. */
  readonly tables: readonly string[];
  /** Of each write three numbers: the table, where its key ends in `bytes`, and where its value ends, −1 for what is to be removed. */
  readonly writes: readonly number[];
  /** Keys and values, one behind the other, in memory that threads share. */
  readonly bytes: Uint8Array;
}

/** Collects what one commit writes to tables. Bytes are copied, once: what is read meanwhile is read here. */
export class CommitWrites {
  readonly #tables = new Map<string, number>();
  readonly #writes: number[] = [];
  readonly #log: Memory = pool.take();
  #length = 0;

  /** Put a value; where it lies. */
  put(table: string, key: Uint8Array, value: Uint8Array): ValuePlace {
    const keyEnd = this.#add(key);
    const end = this.#add(value);
    this.#writes.push(this.#number(table), keyEnd, end);
    return { log: this.#log, at: keyEnd, length: value.length, stored: true };
  }

  remove(table: string, key: Uint8Array): void {
    this.#writes.push(this.#number(table), this.#add(key), -1);
  }

  /** All of it: the bytes stay where they are. */
  get list(): WriteList {
    return { tables: [...this.#tables.keys()], writes: this.#writes, bytes: this.#log.bytes.subarray(0, this.#length) };
  }

  /** What it collected is looked up nowhere any more. */
  free(): void {
    pool.free(this.#log);
  }

  #number(table: string): number {
    const number = this.#tables.get(table) ?? this.#tables.size;
    this.#tables.set(table, number);
    return number;
  }

  #add(bytes: Uint8Array): number {
    const end = this.#length + bytes.length;
    if (end > this.#log.bytes.length) pool.grow(this.#log, end, this.#length);
    this.#log.bytes.set(bytes, this.#length);
    this.#length = end;
    return end;
  }
}
