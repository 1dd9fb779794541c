import { OverpunchError } from '../errors.ts';
import type { FrameRecords } from './frame-records.ts';
import type { KeyTable } from './key-table.ts';
import { ByteReader, ByteWriter } from './state-bytes.ts';

const headLength = 12;
/** Bytes of a block for each open frame besides its own, and for each that closed. */
export const rowLength = 40;
const closureLength = 8;
/** Flags of a row: its direction, and whether its key is among the other ones. */
const isResponse = 1;
const hasOtherKey = 2;

/** An open frame as a block has it. */
export interface OpenRow {
  readonly direction: 0 | 1;
  readonly key: string | number;
  readonly sequence: number;
  readonly time: number;
  readonly position: number;
}

/** What closed since the block before: row `rows[i]` of the block whose number is `back[i]` less. */
export interface Closures {
  readonly back: readonly number[];
  readonly rows: readonly number[];
}

/**
 * Write entries that are open, with their frames, and what closed, as one block. Numbers have their low byte first:
 *
 * | length | |
 * |---|---|
 * | 4, 4, 4 | count of rows, count of closures, bytes of the other keys |
 * | 40 × rows | key, sequence, time and position as doubles, where the frame ends among the frames (4), flags (4): 1 is a response, 2 has another key |
 * | 8 × closures | how many blocks back (4), which row of that (4) |
 * | | the other keys, those that are no whole numbers from 0 to 2⁵³, one after the other |
 * | | the frames |
 */
export function writeOpenBlock(
  { records, keys }: { readonly records: FrameRecords; readonly keys: KeyTable },
  entries: readonly number[],
  frames: readonly Uint8Array[],
  closed: Closures,
): Uint8Array {
  const count = entries.length;
  let others: ByteWriter | null = null;
  let bytes = 0;
  for (let row = 0; row < count; row++) {
    bytes += (frames[row] as Uint8Array).length;
    const key = records.key(entries[row] as number);
    if (key >= 0) continue;
    others ??= new ByteWriter();
    others.key(keys.keyOf(key));
  }
  const otherKeys = others?.finish() ?? null;
  const otherBytes = otherKeys?.length ?? 0;
  const rowsLength = headLength + rowLength * count;
  const framesAt = rowsLength + closureLength * closed.rows.length + otherBytes;
  const block = Buffer.allocUnsafeSlow(framesAt + bytes);
  const view = new DataView(block.buffer);
  view.setUint32(0, count, true);
  view.setUint32(4, closed.rows.length, true);
  view.setUint32(8, otherBytes, true);
  let end = framesAt;
  for (let row = 0, at = headLength; row < count; row++, at += rowLength) {
    const entry = entries[row] as number;
    const key = records.key(entry);
    view.setFloat64(at, key, true);
    view.setFloat64(at + 8, records.sequence(entry), true);
    view.setFloat64(at + 16, records.time(entry), true);
    view.setFloat64(at + 24, records.position(entry), true);
    const frame = frames[row] as Uint8Array;
    block.set(frame, end);
    end += frame.length;
    view.setUint32(at + 32, end - framesAt, true);
    view.setUint32(at + 36, records.direction(entry) | (key < 0 ? hasOtherKey : 0), true);
  }
  let at = rowsLength;
  for (let index = 0; index < closed.rows.length; index++, at += closureLength) {
    view.setUint32(at, closed.back[index] as number, true);
    view.setUint32(at + 4, closed.rows[index] as number, true);
  }
  if (otherKeys !== null) block.set(otherKeys, at);
  return block;
}

/** Reads a block of open entries. Throws STATE_CORRUPT when it is too short. */
export class OpenBlock {
  readonly count: number;
  readonly closures: number;
  readonly length: number;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly othersAt: number;
  private readonly framesAt: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.length = bytes.length;
    if (bytes.length < headLength) throw damaged();
    this.count = this.view.getUint32(0, true);
    this.closures = this.view.getUint32(4, true);
    this.othersAt = headLength + rowLength * this.count + closureLength * this.closures;
    this.framesAt = this.othersAt + this.view.getUint32(8, true);
    if (this.framesAt + this.endOf(this.count - 1) !== bytes.length) throw damaged();
  }

  /** The frame of a row, as a view. */
  frame(row: number): Uint8Array {
    const from = this.framesAt + this.endOf(row - 1);
    const to = this.framesAt + this.endOf(row);
    if (from > to || to > this.length) throw damaged();
    const { buffer, byteOffset } = this.bytes;
    return new Uint8Array(buffer, byteOffset + from, to - from); // `subarray` takes three times as long
  }

  /** How many bytes the frame of a row has. */
  size(row: number): number {
    return this.endOf(row) - this.endOf(row - 1);
  }

  /** How many blocks back a frame closed, and which of its rows. */
  closure(index: number): readonly [back: number, row: number] {
    const at = headLength + rowLength * this.count + closureLength * index;
    return [this.view.getUint32(at, true), this.view.getUint32(at + 4, true)];
  }

  /** All rows, in their order. */
  *rows(): Generator<OpenRow> {
    const { view } = this;
    const others = new ByteReader(this.bytes.subarray(this.othersAt, this.framesAt));
    for (let row = 0, at = headLength; row < this.count; row++, at += rowLength) {
      const flags = view.getUint32(at + 36, true);
      yield {
        direction: (flags & isResponse) as 0 | 1,
        key: (flags & hasOtherKey) === 0 ? view.getFloat64(at, true) : others.key(),
        sequence: view.getFloat64(at + 8, true),
        time: view.getFloat64(at + 16, true),
        position: view.getFloat64(at + 24, true),
      };
    }
  }

  private endOf(row: number): number {
    if (row < 0) return 0;
    const at = headLength + rowLength * row + 32;
    if (at + 4 > this.bytes.length) throw damaged();
    return this.view.getUint32(at, true);
  }
}

function damaged(): OverpunchError {
  return new OverpunchError('STATE_CORRUPT', 'a block of open frames in the state is damaged');
}

/** Make the error of a block that is not there. */
export function missingBlock(number: number): OverpunchError {
  return new OverpunchError('STATE_CORRUPT', `block ${number} of the open frames is not in the state`, {
    hint: 'restore the data directory from a copy, or start with an empty one and replay the input',
  });
}
