import type { CodePage, DecodedText, EncodedText } from './code-page.ts';
import { maximumUnmapped, replacement } from './code-page.ts';

/** UTF-8, as PIC U fields and ASCII-family data hold it. A byte order mark is a character like any other. */
export const utf8Page: CodePage = {
  name: 'utf8',
  family: 'ascii',
  kind: 'utf8',
  blank: 0x20,
  sources: 0,
  toUnicode: Array.from({ length: 256 }, (_, byte) => (byte < 0x80 ? String.fromCharCode(byte) : replacement)).join(''),
  decode,
  encode,
};

function decode(bytes: Uint8Array): DecodedText {
  const unmapped: number[] = [];
  let text = '';
  let offset = 0;
  let exact = true;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes, offset);
    if (length > 0) {
      text += Buffer.from(bytes.buffer, bytes.byteOffset + offset, length).toString('utf8');
    } else {
      exact = false;
      text += replacement;
      if (unmapped.length < maximumUnmapped) unmapped.push(offset);
    }
    offset += Math.max(length, 1);
  }
  return { text, unmapped, exact };
}

/** Bytes of the well-formed sequence at `offset` (Unicode, table 3-7), 0 when there is none. */
function sequenceLength(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  for (let index = 1; index < length; index++) {
    const byte = bytes[offset + index] ?? 0;
    let low = 0x80;
    let high = 0xbf;
    if (index === 1 && lead === 0xe0) low = 0xa0;
    if (index === 1 && lead === 0xed) high = 0x9f;
    if (index === 1 && lead === 0xf0) low = 0x90;
    if (index === 1 && lead === 0xf4) high = 0x8f;
    if (byte < low || byte > high) return 0;
  }
  return length;
}

function encode(text: string): EncodedText {
  const lone = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(text);
  return lone === null ? { bytes: new Uint8Array(Buffer.from(text, 'utf8')) } : { unmappable: lone.index };
}
