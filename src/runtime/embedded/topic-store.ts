import type { Environment, Table } from '../../state/environment.ts';
import { checkName, numberOfKey, orderedKey } from './ordered-key.ts';
import { RecordBlock } from './record-block.ts';
import type { RecordWriter } from './record-writer.ts';

const blockBytes = 512 * 1024; // values of one block: larger ones make reading from an offset slower, not writing faster
const beyond = Number.MAX_SAFE_INTEGER;

/** What a topic of one partition holds. */
export interface TopicExtent {
  /** Offset of the first record that is still there, and that behind the last one. */
  readonly first: number;
  readonly end: number;
  /** Bytes of its blocks. */
  readonly bytes: number;
  /** The latest event time; `null` as long as no record has any. */
  readonly time: number | null;
}

/** A block in the index: small, so that retention and times never touch the blocks themselves. */
export interface BlockEntry {
  readonly from: number;
  readonly bytes: number;
  /** The latest event time of all records up to the last of this block, so that it never falls from block to block. */
  readonly time: number;
}

/** How long records stay: whole blocks are dropped when either bound is passed. */
export interface Retention {
  /** Event time, in milliseconds behind the latest record. */
  readonly milliseconds?: number | undefined;
  readonly bytes?: number | undefined;
}

const nothing: TopicExtent = { first: 0, end: 0, bytes: 0, time: null };

/**
 * The topics in the environment of one partition. Records of a batch lie in one block, or in several of about 512 KiB; what writes is
 * called inside of a commit.
 */
export class TopicStore {
  readonly environment: Environment;
  readonly #topics: Table;
  readonly #blocks: Table;
  readonly #index: Table;
  readonly #consumers: Table;
  /** Keys of topics, and what was read there last: it is asked for far more often than it changes. */
  readonly #known = new Map<string, { readonly key: Uint8Array; value: Uint8Array; extent: TopicExtent }>();

  constructor(environment: Environment) {
    this.environment = environment;
    this.#topics = environment.table('topics');
    this.#blocks = environment.table('topic-blocks');
    this.#index = environment.table('topic-index');
    this.#consumers = environment.table('consumers');
  }

  /** The names of all topics, in their order. */
  names(): string[] {
    return Array.from(this.#topics.range(), ({ key }) => Buffer.from(key).toString('latin1'));
  }

  /** What a topic holds; nothing when there is no such topic. */
  extent(topic: string): TopicExtent {
    let known = this.#known.get(topic);
    if (known === undefined) {
      known = { key: Buffer.from(topic, 'latin1'), value: new Uint8Array(0), extent: nothing };
      this.#known.set(topic, known);
    }
    const value = this.#topics.get(known.key);
    if (value === undefined) return nothing;
    if (Buffer.compare(value, known.value) !== 0) {
      const bytes = Buffer.from(value);
      known.extent = JSON.parse(bytes.toString('latin1')) as TopicExtent;
      known.value = bytes;
    }
    return known.extent;
  }

  /** Append what a writer holds; the offset of its first record. */
  append(topic: string, records: RecordWriter): number {
    const extent = this.extent(checkName(topic));
    let { end, bytes } = extent;
    let time = extent.time ?? Number.NEGATIVE_INFINITY;
    for (let from = 0; from < records.count; ) {
      const to = records.stretch(from, blockBytes);
      const block = records.block(from, to);
      time = Math.max(time, records.latest(from, to));
      const key = orderedKey(topic, end);
      this.#blocks.put(key, block);
      this.#index.put(key, indexValue(block.length, time));
      bytes += block.length;
      end += to - from;
      from = to;
    }
    this.#setExtent(topic, { first: extent.first, end, bytes, time: time === Number.NEGATIVE_INFINITY ? null : time });
    return extent.end;
  }

  /** The block that holds an offset, or the first one behind it; `null` when there is none. */
  block(topic: string, offset: number): RecordBlock | null {
    const entry = this.#entryAt(topic, offset);
    if (entry === null) return null;
    const bytes = this.#blocks.get(orderedKey(topic, entry.from));
    return bytes === undefined ? null : new RecordBlock(bytes, entry.from);
  }

  /** The offset of the first record with an event time of at least `time`; that behind the last one when there is none. */
  offsetAtTime(topic: string, time: number): number {
    const { first, end } = this.extent(topic);
    let low = first;
    let high = end;
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      const entry = this.#entryAt(topic, middle);
      if (entry === null || entry.time >= time) high = Math.min(middle, entry?.from ?? middle);
      else low = Math.max(middle + 1, this.#nextBlock(topic, middle, end));
    }
    const block = this.block(topic, low);
    for (let offset = low; block !== null && offset < block.to; offset++) if (block.time(offset) >= time) return offset;
    return end;
  }

  /**
   * Drop the oldest blocks that are past a bound, but none that holds what a consumer still needs, and never the newest one.
   *
   * Time is event time: nothing depends on when it runs.
   */
  retain(topic: string, retention: Retention): void {
    const extent = this.extent(topic);
    const oldest = (extent.time ?? Number.NEGATIVE_INFINITY) - (retention.milliseconds ?? Number.POSITIVE_INFINITY);
    const most = retention.bytes ?? Number.POSITIVE_INFINITY;
    if (extent.bytes <= most && oldest === Number.NEGATIVE_INFINITY) return;
    this.#drop(topic, extent, (entry, bytes) => entry.time < oldest || bytes > most);
  }

  /** Drop the blocks all of whose records lie before an offset, whatever the retention. */
  dropBefore(topic: string, offset: number): void {
    this.#drop(topic, this.extent(topic), (_entry, _bytes, to) => to <= offset);
  }

  /** Let so many records count as appended, read and dropped, as all before them. */
  pass(topic: string, count: number): void {
    const extent = this.extent(checkName(topic));
    const end = extent.end + count;
    for (const { from } of extent.bytes === 0 ? [] : [...this.#entries(topic, extent.first)]) {
      this.#blocks.delete(orderedKey(topic, from));
      this.#index.delete(orderedKey(topic, from));
    }
    this.#setExtent(topic, { first: end, end, bytes: 0, time: extent.time });
  }

  /** Where a consumer stands: the offset it reads next. `undefined`: there is no such consumer. */
  position(topic: string, consumer: string): number | undefined {
    const value = this.#consumers.get(consumerKey(topic, consumer));
    return value === undefined ? undefined : readPosition(value).position;
  }

  /**
   * Note where a consumer stands. What it has not read is not dropped, unless it says that it does not need it (`holds` false).
   */
  setPosition(topic: string, consumer: string, position: number, holds = true): void {
    this.#consumers.put(consumerKey(topic, consumer), Buffer.from(JSON.stringify({ position, holds }), 'latin1'));
  }

  /** The consumers of a topic with where they stand. */
  consumers(topic: string): { consumer: string; position: number; holds: boolean }[] {
    const from = Buffer.from(`${topic}\0`, 'latin1');
    const to = Buffer.from(`${topic}\u0001`, 'latin1');
    return Array.from(this.#consumers.range({ from, to }), ({ key, value }) => {
      return { consumer: Buffer.from(key).toString('latin1', from.length), ...readPosition(value) };
    });
  }

  #drop(topic: string, extent: TopicExtent, past: (entry: BlockEntry, bytesLeft: number, to: number) => boolean): void {
    let needed: number | null = null; // by consumers: looked for only where something is past a bound
    const entries = this.#entries(topic, extent.first)[Symbol.iterator]();
    let { first, bytes } = extent;
    let entry = entries.next().value as BlockEntry | undefined;
    const dropped: number[] = [];
    while (entry !== undefined) {
      const next = entries.next().value as BlockEntry | undefined;
      if (next === undefined || !past(entry, bytes, next.from)) break;
      needed ??= this.#needed(topic);
      if (next.from > needed) break;
      dropped.push(entry.from);
      bytes -= entry.bytes;
      first = next.from;
      entry = next;
    }
    if (dropped.length === 0) return;
    for (const from of dropped) {
      this.#blocks.delete(orderedKey(topic, from));
      this.#index.delete(orderedKey(topic, from));
    }
    this.#setExtent(topic, { ...extent, first, bytes });
  }

  /** The offset from which on consumers still need records. */
  #needed(topic: string): number {
    const held = this.consumers(topic).filter(({ holds }) => holds);
    return Math.min(...held.map(({ position }) => position), beyond);
  }

  *#entries(topic: string, from: number): Iterable<BlockEntry> {
    const range = { from: orderedKey(topic, from), to: orderedKey(topic, beyond) };
    for (const { key, value } of this.#index.range(range)) yield readEntry(key, value);
  }

  // A block starts at or before the offsets it holds, so it is found by going back from the offset.
  #entryAt(topic: string, offset: number): BlockEntry | null {
    const { first, end } = this.extent(topic);
    if (offset >= end) return null;
    const wanted = Math.max(offset, first);
    const range = { from: orderedKey(topic, first), to: orderedKey(topic, wanted + 1), limit: 1 };
    for (const { key, value } of this.#index.range(reversed(range))) return readEntry(key, value);
    return null;
  }

  #nextBlock(topic: string, offset: number, end: number): number {
    const range = { from: orderedKey(topic, offset + 1), to: orderedKey(topic, beyond), limit: 1 };
    for (const { key } of this.#index.range(range)) return numberOfKey(key);
    return end;
  }

  #setExtent(topic: string, extent: TopicExtent): void {
    this.#topics.put(Buffer.from(topic, 'latin1'), Buffer.from(JSON.stringify(extent), 'latin1'));
  }
}

function reversed<Range extends object>(range: Range): Range & { reverse: true } {
  return { ...range, reverse: true };
}

function indexValue(bytes: number, time: number): Uint8Array {
  const value = Buffer.allocUnsafe(12);
  value.writeUInt32LE(bytes, 0);
  value.writeDoubleLE(time, 4);
  return value;
}

function readEntry(key: Uint8Array, value: Uint8Array): BlockEntry {
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  return { from: numberOfKey(key), bytes: view.getUint32(0, true), time: view.getFloat64(4, true) };
}

function consumerKey(topic: string, consumer: string): Uint8Array {
  return Buffer.from(`${checkName(topic)}\0${checkName(consumer)}`, 'latin1');
}

function readPosition(value: Uint8Array): { position: number; holds: boolean } {
  return JSON.parse(Buffer.from(value).toString('latin1')) as { position: number; holds: boolean };
}
