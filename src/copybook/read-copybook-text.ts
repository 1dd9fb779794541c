import { maximumSourceLength } from './source-budget.ts';
import { sourceMistake } from './source-mistake.ts';

/** How `readCopybookText` turns bytes into text. */
export interface CopybookTextOptions {
  /** Decodes one EBCDIC line. Default: none, an EBCDIC copybook is an error. */
  readonly decodeEbcdic?: ((bytes: Uint8Array) => string) | undefined;
  /** Shown in messages. Default `<copybook>`. */
  readonly file?: string | undefined;
}

const cardLength = 80;
const encodings = { utf8: 'utf-8', utf16le: 'utf-16le', utf16be: 'utf-16be' } as const;

/**
 * Decode the bytes of a copybook, its encoding recognised: UTF-8 or UTF-16 with a byte order mark, else UTF-8 where valid, else
 * EBCDIC or Latin-1 by the bytes that are frequent in each.
 *
 * EBCDIC lines end with X'15' or X'25' (X'0D' before it is dropped). Text without any line end is read as 80-byte cards.
 * The result has `\n`, `\r\n` or `\r` line ends. Throws COPYBOOK_TOO_LARGE, and BAD_CHARACTER for EBCDIC without a decoder.
 */
export function readCopybookText(bytes: Uint8Array, options: CopybookTextOptions = {}): string {
  const start = { file: options.file ?? '<copybook>', line: 1, column: 1, lineText: '' };
  if (bytes.length > maximumSourceLength) {
    throw sourceMistake('COPYBOOK_TOO_LARGE', start, 'the copybook is larger than 16 MiB');
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder(encodings.utf16le).decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder(encodings.utf16be).decode(bytes);
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== null) return asciiCards(utf8);
  if (!looksEbcdic(bytes)) return asciiCards(Buffer.from(bytes).toString('latin1'));
  if (options.decodeEbcdic === undefined) {
    throw sourceMistake('BAD_CHARACTER', start, 'the copybook is EBCDIC, and nothing to decode EBCDIC was given', {
      hint: 'convert it to UTF-8, or pass decodeEbcdic',
    });
  }
  return ebcdicLines(bytes).map(options.decodeEbcdic).join('\n');
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encodings.utf8, { fatal: true }).decode(bytes);
  } catch {
    return null; // not UTF-8: the other encodings are tried
  }
}

/** Blanks, digits and letters have other bytes in EBCDIC than in ASCII: the more frequent ones decide. */
function looksEbcdic(bytes: Uint8Array): boolean {
  let balance = 0;
  for (const byte of bytes) {
    const low = byte & 0x0f;
    if (byte === 0x40 || (byte >= 0xc1 && byte <= 0xf9 && low <= 9) || (byte >= 0x81 && byte <= 0xa9 && low <= 9))
      balance++;
    else if (byte === 0x20 || byte === 0x0a || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a))
      balance--;
  }
  return balance > 0;
}

function ebcdicLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  if (!bytes.includes(0x15) && !bytes.includes(0x25)) {
    for (let start = 0; start < bytes.length; start += cardLength)
      lines.push(bytes.subarray(start, start + cardLength));
    return lines;
  }
  let start = 0;
  for (let end = 0; end <= bytes.length; end++) {
    const byte = bytes[end];
    if (byte !== undefined && byte !== 0x15 && byte !== 0x25) continue;
    lines.push(bytes.subarray(start, end > start && bytes[end - 1] === 0x0d ? end - 1 : end));
    start = end + 1;
  }
  return lines;
}

function asciiCards(text: string): string {
  if (text.length <= cardLength || text.length % cardLength !== 0 || /[\n\r\u0085]/.test(text)) return text;
  const cards: string[] = [];
  for (let start = 0; start < text.length; start += cardLength) cards.push(text.slice(start, start + cardLength));
  return cards.join('\n');
}
