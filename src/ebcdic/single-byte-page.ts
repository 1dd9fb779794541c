import type { CodePage, DecodedText, EncodedText } from './code-page.ts';
import { maximumUnmapped, replacement } from './code-page.ts';

/** Make a single-byte page from the characters of its 256 bytes (U+FFFD = none). */
export function singleBytePage(
  page: Pick<CodePage, 'name' | 'family' | 'blank' | 'sources'>,
  toUnicode: string,
): CodePage {
  const toByte = byteTable(toUnicode);
  return {
    ...page,
    kind: 'single-byte',
    toUnicode,
    decode: (bytes) => decode(bytes, toUnicode, toByte),
    encode: (text) => encode(text, toByte),
  };
}

/** Character -> byte. Of bytes with the same character the last one is written. */
export function byteTable(toUnicode: string): ReadonlyMap<string, number> {
  const table = new Map<string, number>();
  for (let byte = 0; byte < toUnicode.length; byte++) {
    const character = toUnicode.charAt(byte);
    if (character !== replacement) table.set(character, byte);
  }
  return table;
}

function decode(bytes: Uint8Array, toUnicode: string, toByte: ReadonlyMap<string, number>): DecodedText {
  const unmapped: number[] = [];
  let text = '';
  let exact = true;
  for (let offset = 0; offset < bytes.length; offset++) {
    const byte = bytes[offset] ?? 0;
    const character = toUnicode.charAt(byte);
    text += character;
    if (toByte.get(character) === byte) continue;
    exact = false;
    if (character === replacement && unmapped.length < maximumUnmapped) unmapped.push(offset);
  }
  return { text, unmapped, exact };
}

function encode(text: string, toByte: ReadonlyMap<string, number>): EncodedText {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const byte = toByte.get(text.charAt(index));
    if (byte === undefined) return { unmappable: index };
    bytes[index] = byte;
  }
  return { bytes };
}
