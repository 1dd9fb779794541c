import { crc32 } from 'node:zlib';
import { ByteText } from '../../bytes/byte-text.ts';
import { TakenFrame } from '../../streams/taken-frame.ts';
import { blockHead, blockVersion, perRecord } from './record-block.ts';

const longestKept = 1 << 22; // bytes
/** Memory for blocks: each is copied at once, and new memory for all of them would be much to collect. */
let room = Buffer.allocUnsafeSlow(1 << 16);

/**
 * Collects the records of a batch for one topic, in columns, and makes blocks of them. It is used again and again.
 *
 * A record is appended as bytes, or its key and its value are written to `keys` and `values`, and then it is `ended`.
 */
export class RecordWriter {
  /** Where the key and the value of the next record are written. */
  readonly keys: ByteText = new ByteText();
  readonly values: ByteText = new ByteText();
  /** Records are counted, and nothing else: whoever makes them may leave out what they hold. */
  readonly discards: boolean;
  #count = 0;
  #times = new Float64Array(256);
  #keyEnds = new Uint32Array(256);
  #valueEnds = new Uint32Array(256);

  constructor(discards = false) {
    this.discards = discards;
  }

  get count(): number {
    return this.#count;
  }

  /** Bytes of the values so far. */
  get valueBytes(): number {
    return this.#count === 0 ? 0 : (this.#valueEnds[this.#count - 1] ?? 0);
  }

  /** Add a record; `time` is its event time in milliseconds since 1970-01-01T00:00:00Z, `null` where there is none. Bytes are copied. */
  append(key: Uint8Array, time: number | null, value: Uint8Array): void {
    this.keys.copy(key);
    this.values.copy(value);
    this.end(time);
  }

  /** Let what was written to `keys` and `values` since the last record be a record. */
  end(time: number | null): void {
    const at = this.#count;
    if (this.discards) {
      this.clear();
      this.#count = at + 1;
      return;
    }
    if (at === this.#times.length) this.#widen();
    this.#times[at] = time ?? Number.NaN;
    this.#keyEnds[at] = this.keys.length;
    this.#valueEnds[at] = this.values.length;
    this.#count = at + 1;
  }

  clear(): void {
    this.#count = 0;
    this.keys.clear();
    this.values.clear();
  }

  /** A record as it was added. The bytes are views that hold until the next change. */
  at(index: number): { key: Uint8Array; time: number | null; value: Uint8Array } {
    const from = index === 0 ? 0 : this.#keyEnds[index - 1];
    const time = this.#times[index] ?? Number.NaN;
    return {
      key: this.keys.buffer.subarray(from, this.#keyEnds[index]),
      time: Number.isNaN(time) ? null : time,
      value: this.value(index),
    };
  }

  /** The value of a record alone. */
  value(index: number): Uint8Array {
    const from = index === 0 ? 0 : (this.#valueEnds[index - 1] as number);
    const { buffer, byteOffset } = this.values.buffer;
    return new Uint8Array(buffer, byteOffset + from, (this.#valueEnds[index] as number) - from); // sooner than `subarray`
  }

  /** The value of a record as a frame that was taken in at its time. */
  frame(index: number): TakenFrame {
    const time = this.#times[index] as number;
    return new TakenFrame(this.value(index), Number.isNaN(time) ? null : time);
  }

  /** The latest event time of records `from` to `to`; −∞ when none has any. */
  latest(from: number, to: number): number {
    let latest = Number.NEGATIVE_INFINITY;
    for (let at = from; at < to; at++) {
      const time = this.#times[at] ?? Number.NaN;
      if (time > latest) latest = time;
    }
    return latest;
  }

  /** The end of the stretch of records from `from` on whose values have at most `most` bytes together: one record at least. */
  stretch(from: number, most: number): number {
    const start = from === 0 ? 0 : (this.#valueEnds[from - 1] ?? 0);
    if (this.valueBytes - start <= most) return this.#count;
    let to = from + 1;
    while (to < this.#count && (this.#valueEnds[to] ?? 0) - start <= most) to++;
    return to;
  }

  /** Make the block of records `from` to `to`; `record-block.ts` says how it lies. The bytes hold until the next block is made, by whatever writer. */
  block(from: number, to: number): Uint8Array {
    const count = to - from;
    const keyStart = from === 0 ? 0 : (this.#keyEnds[from - 1] ?? 0);
    const valueStart = from === 0 ? 0 : (this.#valueEnds[from - 1] ?? 0);
    const keys = this.keys.buffer.subarray(keyStart, count === 0 ? keyStart : this.#keyEnds[to - 1]);
    const values = this.values.buffer.subarray(valueStart, count === 0 ? valueStart : this.#valueEnds[to - 1]);
    const bytes = roomFor(blockHead + count * perRecord + keys.length + values.length);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, blockVersion, true); // and zeros behind it
    view.setUint32(8, count, true);
    view.setUint32(12, keys.length, true);
    let at = blockHead;
    for (let index = from; index < to; index++, at += 8) view.setFloat64(at, this.#times[index] ?? Number.NaN, true);
    for (let index = from; index < to; index++, at += 4) {
      view.setUint32(at, (this.#keyEnds[index] ?? 0) - keyStart, true);
    }
    for (let index = from; index < to; index++, at += 4) {
      view.setUint32(at, (this.#valueEnds[index] ?? 0) - valueStart, true);
    }
    bytes.set(keys, at);
    bytes.set(values, at + keys.length);
    view.setUint32(4, crc32(bytes.subarray(8)), true);
    return bytes;
  }

  #widen(): void {
    const length = this.#times.length * 2;
    const times = new Float64Array(length);
    times.set(this.#times);
    this.#times = times;
    const keyEnds = new Uint32Array(length);
    keyEnds.set(this.#keyEnds);
    this.#keyEnds = keyEnds;
    const valueEnds = new Uint32Array(length);
    valueEnds.set(this.#valueEnds);
    this.#valueEnds = valueEnds;
  }
}

function roomFor(length: number): Buffer {
  if (length > longestKept) return Buffer.allocUnsafeSlow(length);
  if (length > room.length) room = Buffer.allocUnsafeSlow(Math.max(length, 2 * room.length));
  return room.subarray(0, length);
}
