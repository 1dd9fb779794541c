import type { CodePage, DecodedText, EncodedText } from './code-page.ts';
import { maximumUnmapped, replacement } from './code-page.ts';
import type { DoubleByteMap } from './double-byte-map.ts';

/** Make a pure double-byte page, as PIC G fields hold it: pairs without shifts. */
export function doubleBytePage(page: Pick<CodePage, 'name' | 'sources'>, map: DoubleByteMap): CodePage {
  return {
    ...page,
    family: 'ebcdic',
    kind: 'dbcs',
    blank: 0x40,
    toUnicode: replacement.repeat(256),
    decode: (bytes) => decode(bytes, map),
    encode: (text) => encode(text, map),
  };
}

function decode(bytes: Uint8Array, map: DoubleByteMap): DecodedText {
  const unmapped: number[] = [];
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += 2) {
    const trail = bytes[offset + 1];
    const character = trail === undefined ? undefined : map.toText((bytes[offset] ?? 0) * 0x100 + trail);
    text += character ?? replacement;
    if (character === undefined && unmapped.length < maximumUnmapped) unmapped.push(offset);
  }
  const exact = sameBytes(encode(text, map), bytes);
  return bytes.length % 2 === 0 ? { text, unmapped, exact } : { text, unmapped, exact, problem: 'TEXT_BYTES' };
}

function encode(text: string, map: DoubleByteMap): EncodedText {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; ) {
    const found = map.toPair(text, index);
    if (found === undefined) return { unmappable: index };
    bytes.push(found.pair >> 8, found.pair & 0xff);
    index += found.length;
  }
  return { bytes: Uint8Array.from(bytes) };
}

/** Whether encoding gave exactly these bytes. */
export function sameBytes(encoded: EncodedText, bytes: Uint8Array): boolean {
  return 'bytes' in encoded && Buffer.compare(encoded.bytes, bytes) === 0;
}
