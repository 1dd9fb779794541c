import { codePage } from '../../ebcdic/open-code-page.ts';
import { jsonText } from '../json-text.ts';

/** What a single-byte code page does to JSON, byte by byte. */
export interface TextTables {
  /** Tells them from those of other pages. */
  readonly name: string;
  readonly blank: number;
  /** The byte of U+0000; −1: none. */
  readonly nul: number;
  /** For bytes that JSON has as one ASCII character that character, 0 for all others. */
  readonly plain: Uint8Array;
  /** For each byte 8 bytes: up to 7 bytes of JSON, then their number; over 127 for a byte that is left to the reference decoder. */
  readonly escaped: Uint8Array;
}

const refused = 0x80;

const known = new Map<string, TextTables>();

/** Get the tables of a code page. Throws UNKNOWN_CODE_PAGE. */
export function textTables(name: string, nel: 'nel' | 'lf'): TextTables {
  const key = `${name} ${nel}`;
  const tables = known.get(key) ?? makeTables(key, name, nel);
  known.set(key, tables);
  return tables;
}

function makeTables(name: string, pageName: string, nel: 'nel' | 'lf'): TextTables {
  const page = codePage(pageName, { nel });
  const plain = new Uint8Array(256);
  const escaped = new Uint8Array(256 * 8);
  let nul = -1;
  for (let byte = 0; byte < 256; byte++) {
    const { text, exact, problem } = page.decode(Uint8Array.of(byte));
    escaped[8 * byte + 7] = refused;
    // Other blanks than the blank itself would be trimmed, or not, for other reasons.
    if (!exact || problem !== undefined || text.length !== 1 || (text === ' ') !== (byte === page.blank)) continue;
    const json = Buffer.from(jsonText(text).slice(1, -1), 'utf8');
    if (json.length > 7) continue;
    escaped.set(json, 8 * byte);
    escaped[8 * byte + 7] = json.length;
    if (json.length === 1) plain[byte] = json[0] ?? 0;
    if (text === '\u0000') nul = byte;
  }
  return { name, blank: page.blank, nul, plain, escaped };
}
