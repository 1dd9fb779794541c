import type { CodePage, DecodedText, EncodedText } from './code-page.ts';
import { maximumUnmapped, replacement } from './code-page.ts';
import type { DoubleByteMap } from './double-byte-map.ts';
import { sameBytes } from './double-byte-page.ts';
import { byteTable } from './single-byte-page.ts';

const shiftOut = 0x0e;
const shiftIn = 0x0f;

/**
 * Make a mixed page: single bytes by `toUnicode`, and pairs by `map` between shift-out and shift-in.
 *
 * Every field starts and ends in single bytes. Text is written with the fewest shifts; a character that both halves have
 * is written as a single byte.
 */
export function mixedPage(page: Pick<CodePage, 'name' | 'sources'>, toUnicode: string, map: DoubleByteMap): CodePage {
  const toByte = byteTable(toUnicode);
  const encode = (text: string): EncodedText => encodeMixed(text, toByte, map);
  return {
    ...page,
    family: 'ebcdic',
    kind: 'mixed',
    blank: 0x40,
    toUnicode,
    decode: (bytes) => {
      const read = readMixed(bytes, toUnicode, map);
      return { ...read, exact: sameBytes(encode(read.text), bytes) };
    },
    encode,
  };
}

function readMixed(bytes: Uint8Array, toUnicode: string, map: DoubleByteMap): Omit<DecodedText, 'exact'> {
  const unmapped: number[] = [];
  let text = '';
  let shifted = false;
  let balanced = true;
  const add = (character: string | undefined, offset: number): void => {
    text += character ?? replacement;
    if ((character ?? replacement) === replacement && unmapped.length < maximumUnmapped) unmapped.push(offset);
  };
  for (let offset = 0; offset < bytes.length; offset++) {
    const byte = bytes[offset] ?? 0;
    if (byte === shiftOut || byte === shiftIn) {
      if (shifted === (byte === shiftOut)) balanced = false;
      shifted = byte === shiftOut;
    } else if (!shifted) {
      add(toUnicode.charAt(byte), offset);
    } else {
      const trail = bytes[offset + 1];
      if (trail === undefined || trail === shiftIn || trail === shiftOut) {
        // Half a pair: the shift behind it still counts.
        balanced = false;
        add(undefined, offset);
      } else {
        add(map.toText(byte * 0x100 + trail), offset);
        offset++;
      }
    }
  }
  return balanced && !shifted ? { text, unmapped } : { text, unmapped, problem: 'DBCS_SHIFT' };
}

function encodeMixed(text: string, toByte: ReadonlyMap<string, number>, map: DoubleByteMap): EncodedText {
  const bytes: number[] = [];
  let shifted = false;
  for (let index = 0; index < text.length; ) {
    const pair = map.toPair(text, index);
    const byte = pair?.length === 2 ? undefined : toByte.get(text.charAt(index));
    if (byte === undefined && pair === undefined) return { unmappable: index };
    if (shifted !== (byte === undefined)) {
      shifted = !shifted;
      bytes.push(shifted ? shiftOut : shiftIn);
    }
    if (byte !== undefined) bytes.push(byte);
    else if (pair !== undefined) bytes.push(pair.pair >> 8, pair.pair & 0xff);
    index += byte === undefined ? (pair?.length ?? 1) : 1;
  }
  if (shifted) bytes.push(shiftIn);
  return { bytes: Uint8Array.from(bytes) };
}
