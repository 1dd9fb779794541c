import { OverpunchError } from '../errors.ts';
import type { Table } from './environment.ts';
import type { ChangedRecord, ChangeLog, HotRecord } from './hot-records.ts';
import { readRecords, recordLength, type StateRecord, writeRecords } from './state-record.ts';

const longestBlock = 1 << 20; // 1 MiB: longer ones need stretches of free pages that are hard to find
const slack = 1 << 20; // 1 MiB of the dead is not worth cleaning
const leastCleaned = 1 << 18; // 256 KiB

interface Block {
  readonly number: number;
  /** Bytes. */
  readonly length: number;
  /** Records of it that counted at the last commit. */
  live: number;
}

interface Written {
  readonly blocks: readonly { readonly block: Block; readonly records: readonly StateRecord[] }[];
  readonly cleaned: number;
  readonly live: number;
  readonly changes: readonly ChangedRecord[];
}

/**
 * Writes the changes of a store into a table, in few large values: those of a commit make one block, or several of 1 MiB.
 *
 * Blocks are numbered without gaps and read back in that order. When less than half of their bytes still count, the oldest are taken away, at
 * most four times as much as a commit writes, and what counts of them goes into the blocks of that commit: so the work is spread evenly. In
 * the oldest block nothing need be remembered as gone.
 */
export class BlockLog implements ChangeLog {
  readonly #table: Table;
  readonly #name: string;
  /** From the oldest on. */
  #blocks: Block[] = [];
  #total = 0;
  /** Bytes of the records that count. */
  #live = 0;
  #written: Written | undefined;

  constructor(table: Table, name: string) {
    this.#table = table;
    this.#name = name;
  }

  /** Read back what was written; throws STATE_CORRUPT. */
  load(): Map<string, HotRecord> {
    const records = new Map<string, HotRecord>();
    for (const { key, value } of this.#table.range()) {
      const number = Buffer.from(key).readUIntBE(0, Math.min(6, key.length));
      const expected = (this.#blocks.at(-1)?.number ?? number - 1) + 1;
      if (key.length !== 6 || number !== expected) throw this.#corrupt(`block ${expected} is missing`);
      this.#blocks.push({ number, length: value.length, live: 0 });
      this.#total += value.length;
      for (const record of this.#recordsOf(number, value)) {
        if (record.value === undefined && Number.isNaN(record.timer)) records.delete(record.key);
        else records.set(record.key, { ...record, block: number });
      }
    }
    for (const record of records.values()) {
      this.#live += recordLength(record);
      this.#count(record, 1);
    }
    return records;
  }

  write(changes: readonly ChangedRecord[], current: ReadonlyMap<string, HotRecord>): void {
    const records: StateRecord[] = [];
    let length = 0;
    let live = this.#live;
    for (const { key, before, now } of changes) {
      const record = now ?? { key, value: undefined, time: 0, timer: Number.NaN };
      records.push(record);
      length += recordLength(record);
      live += (now === undefined ? 0 : recordLength(now)) - (before === undefined ? 0 : recordLength(before));
    }
    let total = this.#total + length;
    let cleaned = 0;
    let left = Math.max(leastCleaned, 4 * length);
    for (let block = this.#blocks[0]; block !== undefined && left > 0 && total > 2 * live + slack; ) {
      for (const survivor of this.#survivors(block, current)) {
        records.push(survivor);
        total += recordLength(survivor);
      }
      this.#table.delete(blockKey(block.number));
      total -= block.length;
      left -= block.length;
      block = this.#blocks[++cleaned];
    }
    this.#written = { blocks: this.#put(records), cleaned, live, changes };
  }

  committed(): void {
    const written = this.#written;
    if (written === undefined) return;
    for (const { before } of written.changes) if (before !== undefined) this.#count(before, -1);
    for (const { length } of this.#blocks.splice(0, written.cleaned)) this.#total -= length;
    for (const { block, records } of written.blocks) {
      this.#blocks.push(block);
      this.#total += block.length;
      for (const record of records) {
        if (!('block' in record)) continue;
        (record as HotRecord).block = block.number;
        block.live++;
      }
    }
    this.#live = written.live;
    this.#written = undefined;
  }

  dropped(): void {
    this.#written = undefined;
  }

  /** Put records into new blocks. */
  #put(records: readonly StateRecord[]): Written['blocks'] {
    const blocks: { block: Block; records: readonly StateRecord[] }[] = [];
    let number = (this.#blocks.at(-1)?.number ?? 0) + 1;
    let from = 0;
    let length = 0;
    records.forEach((record, index) => {
      length += recordLength(record);
      const next = records[index + 1];
      if (next !== undefined && length + recordLength(next) <= longestBlock) return;
      const part = records.slice(from, index + 1);
      const bytes = writeRecords(part);
      this.#table.put(blockKey(number), bytes);
      blocks.push({ block: { number, length: bytes.length, live: 0 }, records: part });
      number++;
      from = index + 1;
      length = 0;
    });
    return blocks;
  }

  /** The records of a block that still count. */
  #survivors({ number, live }: Block, current: ReadonlyMap<string, HotRecord>): HotRecord[] {
    if (live === 0) return [];
    const value = this.#table.get(blockKey(number));
    if (value === undefined) throw this.#corrupt(`block ${number} is missing`);
    const survivors: HotRecord[] = [];
    for (const { key } of this.#recordsOf(number, value)) {
      const record = current.get(key);
      if (record?.block === number) survivors.push(record);
    }
    return survivors;
  }

  /** One record of a block more counts, or one less. */
  #count(record: HotRecord, change: 1 | -1): void {
    const block = this.#blocks[record.block - (this.#blocks[0]?.number ?? 0)];
    if (block !== undefined) block.live += change;
  }

  #recordsOf(number: number, value: Uint8Array): readonly StateRecord[] {
    const records = readRecords(value);
    if (records === null) throw this.#corrupt(`block ${number} is damaged`);
    return records;
  }

  #corrupt(what: string): OverpunchError {
    return new OverpunchError('STATE_CORRUPT', `the state in table ${this.#name} is damaged: ${what}`, {
      hint: 'restore the folder from a backup, or move it away and begin anew',
    });
  }
}

function blockKey(number: number): Uint8Array {
  const key = Buffer.alloc(6); // bytes: high first, so that they are in the order of their numbers
  key.writeUIntBE(number, 0, 6);
  return key;
}
