import { fromHex, toHex } from '../bytes/hex.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import { readBitString, readSmallBits } from '../ebcdic/read-bits.ts';
import { type FieldWriter, wrongKind } from './encode-issue.ts';
import { type FieldReader, noProblems } from './scalar.ts';

/**
 * Read a field as hexadecimal digits (`hex`) or as a string of `0` and `1` (`bits`), of a field that is cut what is there. The bits of
 * a bit item stand in `hex` as from the start of a byte, zeros behind them.
 *
 * A number keeps its digits, which `number` reads: it may be a counter or a record length.
 */
export function rawReader(item: LayoutItem, as: 'hex' | 'bits', number: FieldReader | null): FieldReader {
  const { bitLength } = item;
  const isBits = item.type?.kind === 'bits';
  return (bytes, start, end, bit) => {
    const there = Math.min(bitLength, 8 * (end - start) - bit);
    const field = bytes.subarray(start, end);
    const value =
      as === 'bits' ? readBitString(field, bit, there) : toHex(isBits ? movedBits(field, bit, there) : field);
    const digits = number === null || there < bitLength ? null : number(bytes, start, end, bit).digits;
    return { value, digits, problems: noProblems };
  };
}

/** Make the writer of hexadecimal digits or of bits: as many as the field has. */
export function rawWriter(item: LayoutItem, as: 'hex' | 'bits'): FieldWriter {
  const { bitLength } = item;
  const length = Math.ceil(bitLength / 8);
  if (as === 'hex') {
    const spare = 0xff >> (8 - (8 * length - bitLength));
    return (value) => {
      const bytes = typeof value === 'string' ? fromHex(value) : null;
      if (bytes === null || bytes.length !== length) return wrongKind(`${2 * length} hexadecimal digits`);
      if (((bytes.at(-1) ?? 0) & spare) !== 0) return wrongKind(`zeros behind the first ${bitLength} bits`);
      return { bytes };
    };
  }
  return (value) => {
    if (typeof value !== 'string' || value.length !== bitLength || !/^[01]*$/.test(value)) {
      return wrongKind(`${bitLength} ${bitLength === 1 ? 'digit' : 'digits'} 0 or 1`);
    }
    const bytes = new Uint8Array(length);
    for (let at = 0; at < bitLength; at++) {
      if (value.charCodeAt(at) === 49) bytes[at >>> 3] = (bytes[at >>> 3] ?? 0) | (0x80 >> (at & 7));
    }
    return { bytes };
  };
}

function movedBits(field: Uint8Array, bit: number, count: number): Uint8Array {
  const moved = new Uint8Array(Math.ceil(count / 8));
  for (let at = 0; at < count; at += 8) {
    const taken = Math.min(8, count - at);
    moved[at >>> 3] = readSmallBits(field, bit + at, taken) << (8 - taken);
  }
  return moved;
}
