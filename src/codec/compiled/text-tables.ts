import type { CodePage } from '../../ebcdic/code-page.ts';
import { codePage } from '../../ebcdic/open-code-page.ts';
import { jsonText } from '../json-text.ts';

/** What all bytes of a single-byte code page are in JSON. */
export interface EscapedCharacters {
  /** The byte of U+0000; −1: none. */
  readonly nul: number;
  /** For each byte 8 bytes: up to 7 bytes of JSON, then their number; over 127 for a byte that is left to the reference decoder. */
  readonly escaped: Uint8Array;
}

const refused = 0x80;

/** What a single-byte code page does to JSON, byte by byte. */
export class TextTables {
  /** Tells them from those of other pages. */
  readonly name: string;
  readonly blank: number;
  /** For bytes that JSON has as one ASCII character that character, 0 for all others. */
  readonly plain: Uint8Array;
  readonly #page: CodePage;
  #all: EscapedCharacters | null = null;

  constructor(name: string, page: CodePage) {
    this.name = name;
    this.blank = page.blank;
    this.plain = plainCharacters(page);
    this.#page = page;
  }

  /** All characters: most text has none but plain ones, so that they are worked out when they are first asked for. */
  get all(): EscapedCharacters {
    this.#all ??= escapedCharacters(this.#page);
    return this.#all;
  }
}

const known = new Map<string, TextTables>();

/** Get the tables of a code page. Throws UNKNOWN_CODE_PAGE. */
export function textTables(codepage: string, nel: 'nel' | 'lf'): TextTables {
  const name = `${codepage} ${nel}`;
  const tables = known.get(name) ?? new TextTables(name, codePage(codepage, { nel }));
  known.set(name, tables);
  return tables;
}

function plainCharacters(page: CodePage): Uint8Array {
  const plain = new Uint8Array(256);
  for (let code = 0x20; code < 0x7f; code++) {
    if (code === 0x22 || code === 0x5c) continue;
    const encoded = page.encode(String.fromCharCode(code));
    if (!('bytes' in encoded) || encoded.bytes.length !== 1) continue;
    const [byte = 0] = encoded.bytes;
    if (isOwnBlank(page, byte, code === 0x20)) plain[byte] = code;
  }
  return plain;
}

function escapedCharacters(page: CodePage): EscapedCharacters {
  const escaped = new Uint8Array(256 * 8);
  let nul = -1;
  for (let byte = 0; byte < 256; byte++) {
    escaped[8 * byte + 7] = refused;
    const { text, exact, problem } = page.decode(Uint8Array.of(byte));
    if (!exact || problem !== undefined || text.length !== 1 || !isOwnBlank(page, byte, text === ' ')) continue;
    const json = Buffer.from(jsonText(text).slice(1, -1), 'utf8');
    if (json.length > 7) continue;
    escaped.set(json, 8 * byte);
    escaped[8 * byte + 7] = json.length;
    if (text === '\u0000') nul = byte;
  }
  return { nul, escaped };
}

/** Whether the only blank is that of the page: others would be trimmed, or not, for other reasons. */
function isOwnBlank({ blank }: CodePage, byte: number, isBlank: boolean): boolean {
  return isBlank === (byte === blank);
}
