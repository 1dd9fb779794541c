import { OverpunchError } from '../../errors.ts';
import type { Environment, Table } from '../../state/environment.ts';
import type { JournalEntry } from '../../streams/journal-entry.ts';
import { journalFrame } from '../../streams/journal-frame.ts';
import type { Source, SourceFrame } from '../../streams/source.ts';
import { AppendedBlocks } from './appended-blocks.ts';
import { checkName, numberOfKey, orderedKey } from './ordered-key.ts';
import { RecordBlock } from './record-block.ts';
import { RecordWriter } from './record-writer.ts';

/** A stretch of entries as it lies in a block: frames that can be read again, frames whose bytes follow, a tick, a mark. */
export type JournalSection =
  | { readonly input: number; readonly count: number; readonly range: string }
  | { readonly input: number; readonly count: number; readonly garbage?: Record<number, Garbage> }
  | { readonly tick: number | 'end' }
  | { readonly input: number; readonly idle: boolean };

type Garbage = NonNullable<SourceFrame['garbage']>;

/** Which frames of an input belong to this partition. */
export type Accept = (frame: SourceFrame) => boolean;

interface JournalBlock {
  readonly position: number;
  readonly bytes: number;
}

const nobody = new Uint8Array(0);
const mostIdle = 4;
const longestIdle = 4 << 20; // bytes
/** Writers that have made their block: their buffers have grown already to what batches need. */
const idleWriters: RecordWriter[] = [];

/**
 * The journal of a pipeline in the environment of a partition: all that happened to it, in order, so that it can happen again.
 *
 * A block is the entries of one batch, laid out as a block of records: a record for each frame that cannot be read again, with its bytes as the
 * value and its ingest time, and a last one with the sections as a JSON array.
 */
export class Journal {
  readonly #table: Table;
  readonly #name: string;
  /** The position of the block that was dropped last, so that the next one is found without those before; -1: none that is known. */
  #dropped = -1;
  /** Blocks that were appended here, so that the oldest need not be read from the disk, where they lie by then, to be dropped. */
  readonly #blocks = new AppendedBlocks();
  #hasOnlyThese = false;

  constructor(environment: Environment, pipeline: string) {
    this.#table = environment.table('journal');
    this.#name = checkName(pipeline);
  }

  /** Append a block whose first entry has this position, inside of a commit. The bytes it takes. */
  append(position: number, block: Uint8Array): number {
    this.#table.put(orderedKey(this.#name, position), block);
    while (this.#blocks.newest >= position) this.#blocks.pop(); // its commit failed
    if (position <= this.#dropped) this.#forgetDropped();
    this.#blocks.push(position, block.length);
    return block.length;
  }

  /** Drop the oldest block when all of its entries lie before a position; its bytes, 0 when there is none. Inside of a commit. */
  dropOldest(before: number): number {
    const last = this.#dropped < 0 ? undefined : this.#table.get(orderedKey(this.#name, this.#dropped));
    if (last !== undefined) this.#forgetDropped();
    const [oldest, next] = this.#hasOnlyThese ? this.#oldestAppended() : this.#oldestOfTable(before);
    if (oldest === undefined || next === undefined || next.position >= before) {
      if (this.#dropped < 0) return 0; // the last block may reach beyond
      this.#forgetDropped();
      return this.dropOldest(before);
    }
    this.#table.delete(orderedKey(this.#name, oldest.position));
    this.#dropped = oldest.position;
    if (this.#blocks.positionAt(0) === oldest.position) this.#blocks.shift();
    this.#hasOnlyThese = this.#blocks.positionAt(0) === next.position;
    return oldest.bytes;
  }

  /** Begin at the first block the next time: a failed commit may have dropped what is there again, or have appended what it dropped. */
  #forgetDropped(): void {
    this.#dropped = -1;
    this.#hasOnlyThese = false;
  }

  #oldestAppended(): readonly JournalBlock[] {
    const [oldest, next] = [this.#blocks.positionAt(0), this.#blocks.positionAt(1)];
    if (next < 0) return [];
    return [
      { position: oldest, bytes: this.#blocks.bytesAt(0) },
      { position: next, bytes: this.#blocks.bytesAt(1) },
    ];
  }

  #oldestOfTable(before: number): readonly JournalBlock[] {
    const from = orderedKey(this.#name, this.#dropped + 1);
    const found = [...this.#table.range({ from, to: orderedKey(this.#name, before), limit: 2 })];
    return found.map(({ key, value }) => ({ position: numberOfKey(key), bytes: value.length }));
  }

  /** Drop all of it, inside of a commit. */
  clear(): void {
    this.#blocks.clear();
    this.#forgetDropped();
    const all = { from: orderedKey(this.#name, 0), to: orderedKey(this.#name, Number.MAX_SAFE_INTEGER), limit: 16 };
    for (let blocks = [...this.#table.range(all)]; blocks.length > 0; blocks = [...this.#table.range(all)]) {
      for (const { key } of blocks) this.#table.delete(key);
    }
  }

  /**
   * Give the entries of all blocks from a position on, block by block. Frames that can be read again come from the sources, by input;
   * `accept` is what it was when they were journalled. Throws JOURNAL_INPUT when an input is not what it was.
   */
  *replay(position: number, sources: readonly Source[], accept?: Accept): Generator<JournalEntry[]> {
    let next = this.#blockStart(position);
    for (;;) {
      const range = {
        from: orderedKey(this.#name, next),
        to: orderedKey(this.#name, Number.MAX_SAFE_INTEGER),
        limit: 1,
      };
      const [found] = [...this.#table.range(range)];
      if (found === undefined) return;
      const from = numberOfKey(found.key);
      const entries = entriesOf(found.value, from, sources, accept);
      next = from + Math.max(1, entries.length);
      yield from < position ? entries.slice(position - from) : entries;
    }
  }

  #blockStart(position: number): number {
    const range = {
      from: orderedKey(this.#name, 0),
      to: orderedKey(this.#name, position + 1),
      reverse: true,
      limit: 1,
    };
    for (const { key } of this.#table.range(range)) return numberOfKey(key);
    return 0;
  }
}

/** Collects the entries of a batch together with the block they are journalled as. */
export class JournalBatch {
  readonly entries: JournalEntry[] = [];
  /** Frames that sources gave, and their bytes, whoever they belong to. */
  taken = 0;
  takenBytes = 0;
  readonly #sections: JournalSection[] = [];
  #copies: RecordWriter | null = null;
  readonly #from: number;

  constructor(from: number) {
    this.#from = from;
  }

  get #next(): number {
    return this.#from + this.entries.length;
  }

  tick(elapsed: number): void {
    this.entries.push({ kind: 'tick', position: this.#next, elapsed });
    this.#sections.push({ tick: elapsed === Number.POSITIVE_INFINITY ? 'end' : elapsed });
  }

  mark(input: number, idle: boolean): void {
    this.entries.push({ kind: 'input', position: this.#next, input, idle });
    this.#sections.push({ input, idle });
  }

  /** Add what a source gave; how many frames of it were accepted. */
  frames(input: number, frames: readonly SourceFrame[], range: string | null, accept?: Accept): number {
    const garbage: Record<number, Garbage> = {};
    let count = 0;
    this.taken += frames.length;
    const copies = range === null ? this.#writer : null;
    for (const frame of frames) {
      this.takenBytes += frame.bytes.length;
      if (accept !== undefined && !accept(frame)) continue;
      this.entries.push(journalFrame(frame, this.#next, input));
      if (copies !== null) {
        copies.append(nobody, frame.ingested, frame.bytes);
        if (frame.garbage !== undefined) garbage[count] = frame.garbage;
      }
      count++;
    }
    if (range !== null) this.#sections.push({ input, count, range });
    else if (count > 0) this.#sections.push({ input, count, ...(Object.keys(garbage).length > 0 ? { garbage } : {}) });
    return count;
  }

  /** The block: once, when all entries are there. */
  bytes(): Uint8Array {
    const copies = this.#writer;
    copies.append(nobody, null, Buffer.from(JSON.stringify(this.#sections)));
    const block = copies.block(0, copies.count);
    this.#copies = null;
    if (idleWriters.length < mostIdle && copies.valueBytes <= longestIdle) idleWriters.push(copies);
    copies.clear();
    return block;
  }

  get #writer(): RecordWriter {
    this.#copies ??= idleWriters.pop() ?? new RecordWriter();
    return this.#copies;
  }
}

function entriesOf(block: Uint8Array, from: number, sources: readonly Source[], accept?: Accept): JournalEntry[] {
  const copies = new RecordBlock(block, from);
  const sections = JSON.parse(Buffer.from(copies.record(copies.to - 1).value).toString()) as JournalSection[];
  const entries: JournalEntry[] = [];
  let copied = from;
  for (const section of sections) {
    const position = from + entries.length;
    if ('tick' in section) {
      entries.push({
        kind: 'tick',
        position,
        elapsed: section.tick === 'end' ? Number.POSITIVE_INFINITY : section.tick,
      });
    } else if ('idle' in section) {
      entries.push({ kind: 'input', position, input: section.input, idle: section.idle });
    } else if ('range' in section) {
      for (const frame of readAgain(section, sources, accept)) {
        entries.push(journalFrame(frame, from + entries.length, section.input));
      }
    } else {
      for (let index = 0; index < section.count; index++, copied++) {
        const { time, value } = copies.record(copied);
        const frame = { bytes: value, ingested: time, garbage: section.garbage?.[index] };
        entries.push(journalFrame(frame, from + entries.length, section.input));
      }
    }
  }
  return entries;
}

function readAgain(
  section: { readonly input: number; readonly count: number; readonly range: string },
  sources: readonly Source[],
  accept?: Accept,
): SourceFrame[] {
  const source = sources[section.input];
  const frames: SourceFrame[] = [];
  for (const frame of source?.again?.(section.range) ?? []) {
    if (accept === undefined || accept(frame)) frames.push(frame);
  }
  if (frames.length === section.count) return frames;
  throw new OverpunchError(
    'JOURNAL_INPUT',
    `the input ${source?.name ?? section.input} gives ${frames.length} frames where the journal has ${section.count}`,
    { hint: 'put the input back as it was; what the journal refers to must not change' },
  );
}
