import { crc32 } from 'node:zlib';
import { maxKeyLength } from './check-key.ts';

/** What a store knows of a key. A record with neither value nor timer says that the key is gone. */
export interface StateRecord {
  /** One character per byte. */
  readonly key: string;
  readonly value: Uint8Array | undefined;
  /** Of the value. */
  readonly time: number;
  /** NaN: none. */
  readonly timer: number;
}

const headLength = 8;
const hasValue = 1;
const hasTimer = 2;

/** Bytes that a record takes in a block. */
export function recordLength({ key, value, timer }: StateRecord): number {
  return 3 + key.length + (value === undefined ? 0 : 12 + value.length) + (Number.isNaN(timer) ? 0 : 8);
}

/**
 * Write records into one block of bytes, numbers with their low byte first:
 *
 * | length | field |
 * |---|---|
 * | 4 | CRC-32 of all that follows |
 * | 4 | number of records |
 *
 * and of each record
 *
 * | length | field |
 * |---|---|
 * | 1 | 1: with value, 2: with timer, 3: both, 0: the key is gone |
 * | 2 | length of the key |
 * | 8, 4 | with a value: its time, a double, and its length |
 * | 8 | with a timer: its time, a double |
 * | … | the key, the value |
 */
export function writeRecords(records: readonly StateRecord[]): Uint8Array {
  let length = headLength;
  for (const record of records) length += recordLength(record);
  const bytes = Buffer.allocUnsafeSlow(length);
  bytes.writeUInt32LE(records.length, 4);
  let at = headLength;
  for (const { key, value, time, timer } of records) {
    const timed = !Number.isNaN(timer);
    bytes[at] = (value === undefined ? 0 : hasValue) | (timed ? hasTimer : 0);
    bytes.writeUInt16LE(key.length, at + 1);
    at += 3;
    if (value !== undefined) {
      bytes.writeDoubleLE(time, at);
      bytes.writeUInt32LE(value.length, at + 8);
      at += 12;
    }
    if (timed) at = bytes.writeDoubleLE(timer, at);
    at += bytes.write(key, at, 'latin1');
    if (value !== undefined) {
      bytes.set(value, at);
      at += value.length;
    }
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
  return new Uint8Array(bytes.buffer);
}

/** Read what `writeRecords` wrote; `null` when it is damaged. The values are copies. */
export function readRecords(block: Uint8Array): StateRecord[] | null {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.length);
  if (bytes.length < headLength || crc32(bytes.subarray(4)) !== bytes.readUInt32LE(0)) return null;
  const records: StateRecord[] = [];
  let at = headLength;
  for (let left = bytes.readUInt32LE(4); left > 0; left--) {
    if (at + 3 > bytes.length) return null;
    const flags = bytes[at] as number;
    const keyLength = bytes.readUInt16LE(at + 1);
    if (flags > (hasValue | hasTimer) || keyLength === 0 || keyLength > maxKeyLength) return null;
    at += 3;
    let [time, length, timer] = [0, 0, Number.NaN];
    if (at + keyLength + ((flags & hasValue) === 0 ? 0 : 12) + ((flags & hasTimer) === 0 ? 0 : 8) > bytes.length)
      return null;
    if ((flags & hasValue) !== 0) {
      time = bytes.readDoubleLE(at);
      length = bytes.readUInt32LE(at + 8);
      at += 12;
    }
    if ((flags & hasTimer) !== 0) {
      timer = bytes.readDoubleLE(at);
      at += 8;
    }
    if (at + keyLength + length > bytes.length || Number.isNaN(time)) return null;
    const key = bytes.toString('latin1', at, at + keyLength);
    at += keyLength;
    const value = (flags & hasValue) === 0 ? undefined : new Uint8Array(block.subarray(at, at + length));
    at += length;
    records.push({ key, value, time, timer });
  }
  return at === bytes.length ? records : null;
}
