import type { CodePage } from '../ebcdic/code-page.ts';

/** Reads bytes as text when every one of them has a character of its own; otherwise `null`, and the page must be asked. */
export type FastText = (bytes: Uint8Array, start: number, end: number) => string | null;

/** What toString('latin1') calls: on short texts the call around it costs as much as the text. */
interface SlicedBuffer extends Buffer {
  latin1Slice(start: number, end: number): string;
}

/**
 * Make the short way for text in a single-byte page: one table look-up a byte.
 *
 * It gives exactly what `page.decode` gives; text that would come with an issue is left to that.
 */
export function fastText(page: CodePage): FastText {
  const units = new Uint16Array(256);
  const odd = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) {
    units[byte] = page.toUnicode.charCodeAt(byte);
    odd[byte] = page.decode(Uint8Array.of(byte)).exact ? 0 : 1;
  }
  let scratch = Buffer.alloc(512) as SlicedBuffer;
  return (bytes, start, end) => {
    const length = end - start;
    if (scratch.length < 2 * length) scratch = Buffer.alloc(2 * length) as SlicedBuffer;
    let strange = 0;
    let high = 0;
    for (let index = 0; index < length; index++) {
      const byte = bytes[start + index] as number;
      const unit = units[byte] as number;
      strange |= odd[byte] as number;
      high |= unit;
      scratch[index] = unit;
    }
    if (strange !== 0) return null;
    if (high < 0x100) return scratch.latin1Slice(0, length);
    for (let index = 0; index < length; index++)
      scratch.writeUInt16LE(units[bytes[start + index] as number] as number, 2 * index);
    return scratch.toString('utf16le', 0, 2 * length);
  };
}
