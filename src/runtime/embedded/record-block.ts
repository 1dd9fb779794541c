import { crc32 } from 'node:zlib';
import { OverpunchError } from '../../errors.ts';

/** A record of a topic. */
export interface TopicRecord {
  /** Its number in the topic: rises by one from record to record. */
  readonly offset: number;
  readonly key: Uint8Array;
  /** Event time in milliseconds since 1970-01-01T00:00:00Z; `null` where there is none. */
  readonly time: number | null;
  readonly value: Uint8Array;
}

/** Bytes of a block before its columns, and of one record in the columns. */
export const blockHead = 16;
export const perRecord = 16;
export const blockVersion = 1;

/**
 * Reads a block of records, the value that holds those of one batch. Numbers are little-endian:
 *
 * | offset | length | |
 * |---|---|---|
 * | 0 | 1 | version, 1 |
 * | 4 | 4 | CRC-32 of all that follows |
 * | 8 | 4 | count of records |
 * | 12 | 4 | bytes of all keys |
 * | 16 | 8 × count | event times as doubles, NaN for none |
 * | | 4 × count | where each key ends |
 * | | 4 × count | where each value ends |
 * | | | the keys, then the values |
 *
 * Throws STATE_CORRUPT when these are not the bytes that were written.
 */
export class RecordBlock {
  /** Offset of the first record, and that behind the last one. */
  readonly from: number;
  readonly to: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #count: number;
  readonly #keys: number;
  readonly #values: number;

  constructor(bytes: Uint8Array, from: number) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const whole = bytes.length >= blockHead && bytes[0] === blockVersion;
    if (!whole || crc32(bytes.subarray(8)) !== view.getUint32(4, true)) {
      throw new OverpunchError('STATE_CORRUPT', `the block of records from offset ${from} on is not what was written`, {
        hint: 'restore the data directory from a copy, or start with an empty one and replay the input',
      });
    }
    this.#bytes = bytes;
    this.#view = view;
    this.#count = view.getUint32(8, true);
    this.#keys = blockHead + this.#count * perRecord;
    this.#values = this.#keys + view.getUint32(12, true);
    this.from = from;
    this.to = from + this.#count;
  }

  /** A record by its offset. Its bytes are views of the block. */
  record(offset: number): TopicRecord {
    const index = offset - this.from;
    const keyEnds = blockHead + this.#count * 8;
    const valueEnds = keyEnds + this.#count * 4;
    const time = this.time(offset);
    return {
      offset,
      key: this.#bytes.subarray(this.#keys + this.#end(keyEnds, index - 1), this.#keys + this.#end(keyEnds, index)),
      time: Number.isNaN(time) ? null : time,
      value: this.#bytes.subarray(
        this.#values + this.#end(valueEnds, index - 1),
        this.#values + this.#end(valueEnds, index),
      ),
    };
  }

  /** Event time of a record; NaN where there is none. */
  time(offset: number): number {
    return this.#view.getFloat64(blockHead + (offset - this.from) * 8, true);
  }

  #end(column: number, index: number): number {
    return index < 0 ? 0 : this.#view.getUint32(column + index * 4, true);
  }
}
