import { crc32 } from 'node:zlib';
import { OverpunchError } from '../errors.ts';
import { checkKey } from './check-key.ts';
import type { CommitPart, Entry, Environment, RangeOptions, Table } from './environment.ts';
import { KeyPlaces } from './key-places.ts';
import { keyBytes, keyText } from './key-text.ts';

const longestBlock = 1 << 17; // 128 KiB: to read one value all of its block is read
const slack = 1 << 24; // bytes of the dead that are not worth cleaning: what lives some seconds dies before its turn
const leastCleaned = 1 << 18; // bytes
const mostHeld = 512; // blocks, while a range is read
const headLength = 8;
const recordHead = 6;
const gone = 0xffff_ffff; // in the place of a length

/** A block that is committed, or part of the commit under way. */
interface Block {
  readonly number: number;
  /** Bytes. */
  length: number;
  /** Records of it that count. */
  live: number;
}

/**
 * Open a table whose entries lie in few large values of another table, which is its alone: all that a commit puts and deletes makes one block, or several
 * of 128 KiB. It is for what changes much and is read rarely: writing costs little more than copying, and which keys there are is known in memory
 * (about 50 bytes for each); values are read from their blocks.
 *
 * A block is, numbers with their low byte first, its CRC-32 of all that follows (4 bytes), the count of its records (4), and of each the length of the
 * key (2), that of the value (4; 2³² − 1: the key is gone), the key, the value. Blocks are numbered without gaps, by keys of 6 bytes. When less than half of
 * their bytes count, the oldest are taken away, at most four times as much as a commit writes, and what counts of them is written anew.
 *
 * Where the environment is read only it holds what was there when it was opened last. Throws STATE_CORRUPT.
 */
export function openBlockTable(environment: Environment, name: string): Table {
  let tables = opened.get(environment);
  if (tables === undefined) {
    tables = new Map();
    opened.set(environment, tables);
  }
  let table = tables.get(name);
  if (table === undefined) {
    table = new BlockTable(environment.table(name), name);
    environment.attend(table);
    tables.set(name, table);
  } else table.reload();
  return table;
}

/** Tables know what they hold, so there is one of each. */
const opened = new WeakMap<Environment, Map<string, BlockTable>>();

class BlockTable implements Table, CommitPart {
  readonly #table: Table;
  readonly #name: string;
  #places = new KeyPlaces();
  /** From the oldest on. */
  #blocks: Block[] = [];
  /** Bytes of all blocks, and of the records that count. */
  #total = 0;
  #live = 0;
  #committing = false;
  /** Whether a commit failed that had changed it, so that all is to be read again. */
  #stale = false;
  /** The block that is written to, and how many records it has; its number is that behind the last one. */
  #buffer = Buffer.allocUnsafeSlow(1 << 14);
  #open: Block | null = null;
  #count = 0;
  #written = 0;
  /** The block that was read last. */
  #read: { readonly number: number; readonly bytes: Buffer } | null = null;

  constructor(table: Table, name: string) {
    this.#table = table;
    this.#name = name;
    this.#load();
  }

  get(key: Uint8Array): Uint8Array | undefined {
    checkKey(key);
    this.#refresh();
    const places = this.#places;
    if (!places.find(key)) return undefined;
    const { block, at, length } = places;
    return valueAt(this.#bytesOf(this.#blockOf(block)), at, length);
  }

  put(key: Uint8Array, value: Uint8Array): void {
    checkKey(key);
    this.#checkWriting();
    this.#put(key, value);
  }

  delete(key: Uint8Array): boolean {
    checkKey(key);
    this.#checkWriting();
    if (!this.#drop(key)) return false;
    this.#places.delete(key);
    this.#append(key, null);
    return true;
  }

  clear(): void {
    this.#checkWriting();
    this.#table.clear();
    this.#reset();
  }

  *range(options: RangeOptions = {}): IterableIterator<Entry> {
    const { from, to, reverse = false, limit = Number.POSITIVE_INFINITY } = options;
    this.#refresh();
    const low = from === undefined ? '' : keyText(from);
    const high = to === undefined ? null : keyText(to);
    const keys: string[] = [];
    for (const key of this.#places.keys()) {
      const text = keyText(key);
      if (text >= low && (high === null || text < high)) keys.push(text);
    }
    keys.sort(); // texts of keys compare as their bytes do
    if (reverse) keys.reverse();
    const held = new Map<number, Buffer>(); // neighbours by key lie in few blocks, but seldom in one
    let left = limit;
    for (const text of keys) {
      if (left-- <= 0) return;
      const key = keyBytes(text);
      if (!this.#places.find(key)) continue;
      const { block, at, length } = this.#places;
      let bytes = held.get(block);
      if (bytes === undefined) {
        if (held.size === mostHeld) held.clear();
        const found = this.#blockOf(block);
        bytes = this.#bytesOf(found);
        if (found !== this.#open) held.set(block, bytes);
      }
      yield { key, value: valueAt(bytes, at, length) };
    }
  }

  begin(): void {
    this.#refresh();
    this.#committing = true;
    this.#written = 0;
  }

  write(): void {
    if (this.#written === 0) return;
    let left = Math.max(leastCleaned, 4 * this.#written);
    for (let block = this.#blocks[0]; block !== undefined && block !== this.#open; block = this.#blocks[0]) {
      if (left <= 0 || this.#total <= 2 * this.#live + slack) break;
      left -= block.length;
      this.#clean(block);
    }
    this.#close();
  }

  done(kept: boolean): void {
    this.#committing = false;
    if (!kept) this.#stale = true;
  }

  /** Read all of it again. */
  reload(): void {
    this.#load();
  }

  #put(key: Uint8Array, value: Uint8Array): void {
    this.#drop(key);
    const block = this.#append(key, value);
    this.#place(key, block, block.length - value.length, value.length);
  }

  /** The value of a key lies in a block. */
  #place(key: Uint8Array, block: Block, at: number, length: number): void {
    this.#places.set(key, block.number, at, length);
    block.live++;
    this.#live += recordHead + key.length + length;
  }

  /** What a key had counts no longer; whether it had anything. */
  #drop(key: Uint8Array): boolean {
    const places = this.#places;
    if (!places.find(key)) return false;
    this.#blockOf(places.block).live--;
    this.#live -= recordHead + key.length + places.length;
    return true;
  }

  /** The block whose number has these lowest 32 bits: there are never so many at a time. */
  #blockOf(bits: number): Block {
    const first = this.#blocks[0]?.number ?? 0;
    return this.#blocks[(bits - first) >>> 0] as Block;
  }

  #bytesOf(block: Block): Buffer {
    return block === this.#open ? this.#buffer : this.#bytes(block.number);
  }

  /** Write a record; the block that it lies in, at whose end it is. `null`: the key is gone. */
  #append(key: Uint8Array, value: Uint8Array | null): Block {
    const length = recordHead + key.length + (value?.length ?? 0);
    if (this.#open !== null && this.#open.length + length > longestBlock) this.#close();
    let block = this.#open;
    if (block === null) {
      block = { number: (this.#blocks.at(-1)?.number ?? 0) + 1, length: headLength, live: 0 };
      this.#open = block;
      this.#blocks.push(block);
      this.#total += headLength;
    }
    const at = block.length;
    if (at + length > this.#buffer.length) this.#grow(at + length);
    const bytes = this.#buffer;
    bytes.writeUInt16LE(key.length, at);
    bytes.writeUInt32LE(value === null ? gone : value.length, at + 2);
    bytes.set(key, at + recordHead);
    if (value !== null) bytes.set(value, at + recordHead + key.length);
    block.length += length;
    this.#total += length;
    this.#written += length;
    this.#count++;
    return block;
  }

  #grow(length: number): void {
    const longer = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#buffer.length));
    longer.set(this.#buffer);
    this.#buffer = longer;
  }

  /** Put the block that is written to into the table. */
  #close(): void {
    const block = this.#open;
    if (block === null) return;
    const bytes = this.#buffer.subarray(0, block.length);
    bytes.writeUInt32LE(this.#count, 4);
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    this.#table.put(blockKey(block.number), bytes);
    this.#open = null;
    this.#count = 0;
  }

  /** Take the oldest block away, and write anew what counts of it. */
  #clean(block: Block): void {
    if (block.live > 0) {
      this.#eachRecord(block.number, this.#bytes(block.number), (key, value, at) => {
        const places = this.#places;
        if (value === null || !places.find(key)) return;
        if (this.#blockOf(places.block) === block && places.at === at) this.#put(key, value);
      });
    }
    this.#table.delete(blockKey(block.number));
    this.#total -= block.length;
    this.#blocks.shift();
  }

  /** The bytes of a committed block. */
  #bytes(number: number): Buffer {
    if (this.#read?.number === number) return this.#read.bytes;
    const value = this.#table.get(blockKey(number));
    if (value === undefined) throw this.#corrupt(`block ${number} is missing`);
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.length);
    this.#read = { number, bytes };
    return bytes;
  }

  #load(): void {
    this.#stale = false;
    this.#reset();
    for (const { key, value } of this.#table.range()) {
      const number = Buffer.from(key).readUIntBE(0, Math.min(6, key.length));
      const expected = (this.#blocks.at(-1)?.number ?? number - 1) + 1;
      if (key.length !== 6 || number !== expected) throw this.#corrupt(`block ${expected} is missing`);
      const block: Block = { number, length: value.length, live: 0 };
      this.#blocks.push(block);
      this.#total += value.length;
      const bytes = Buffer.from(value.buffer, value.byteOffset, value.length);
      this.#eachRecord(number, bytes, (recordKey, record, at) => {
        this.#drop(recordKey);
        if (record === null) this.#places.delete(recordKey);
        else this.#place(recordKey, block, at, record.length);
      });
    }
  }

  #eachRecord(
    number: number,
    bytes: Buffer,
    take: (key: Uint8Array, value: Uint8Array | null, at: number) => void,
  ): void {
    const damaged = (): OverpunchError => this.#corrupt(`block ${number} is damaged`);
    if (bytes.length < headLength || crc32(bytes.subarray(4)) !== bytes.readUInt32LE(0)) throw damaged();
    let at = headLength;
    for (let left = bytes.readUInt32LE(4); left > 0; left--) {
      if (at + recordHead > bytes.length) throw damaged();
      const start = at + recordHead + bytes.readUInt16LE(at);
      const length = bytes.readUInt32LE(at + 2);
      const end = length === gone ? start : start + length;
      if (end > bytes.length) throw damaged();
      take(bytes.subarray(at + recordHead, start), length === gone ? null : bytes.subarray(start, end), start);
      at = end;
    }
    if (at !== bytes.length) throw damaged();
  }

  #reset(): void {
    this.#places = new KeyPlaces();
    this.#blocks = [];
    this.#total = 0;
    this.#live = 0;
    this.#open = null;
    this.#count = 0;
    this.#read = null;
  }

  #refresh(): void {
    if (this.#stale && !this.#committing) this.#load();
  }

  #checkWriting(): void {
    if (!this.#committing) throw new RangeError('a table is changed inside of a commit only');
  }

  #corrupt(what: string): OverpunchError {
    return new OverpunchError('STATE_CORRUPT', `the state in table ${this.#name} is damaged: ${what}`, {
      hint: 'restore the folder from a backup, or move it away and begin anew',
    });
  }
}

function valueAt(bytes: Uint8Array, at: number, length: number): Uint8Array {
  return new Uint8Array(bytes.subarray(at, at + length));
}

function blockKey(number: number): Uint8Array {
  const key = Buffer.alloc(6); // bytes: high first, so that they are in the order of their numbers
  key.writeUIntBE(number, 0, 6);
  return key;
}
