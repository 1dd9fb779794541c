import type { ByteText } from '../bytes/byte-text.ts';
import { decimalRoom, putDecimal } from '../bytes/put-json.ts';
import type { FieldType, LayoutItem } from '../copybook/layout.ts';
import type { CodePage } from '../ebcdic/code-page.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import type { ResolvedOptions } from './codec-options.ts';
import type { FieldSettings } from './field-settings.ts';
import { plainNumber } from './number-reader.ts';
import { scaledType } from './scaled-type.ts';

/**
 * Writes the bytes `start` to `end` of a field as JSON where they hold nothing unusual: digits, or characters of ASCII that JSON writes
 * as they are. `false` for all others, which are left to the reader of the field: nothing is written then.
 */
export type PlainJson = (bytes: Uint8Array, start: number, end: number, out: ByteText) => boolean;

/** Make the plain way to write a field as JSON; `null` for fields that have none. */
export function plainJson(item: LayoutItem, settings: FieldSettings, options: ResolvedOptions): PlainJson | null {
  const { type } = item;
  if (type === null || settings.as !== 'item') return null;
  if (type.kind === 'text') return plainText(type, settings, options);
  const number = plainNumber(scaledType(type, settings), settings);
  if (number === null) return null;
  const { digits, scale } = number;
  return (bytes, start, end, out) => {
    const value = digits(bytes, start, end);
    if (Number.isNaN(value)) return false;
    out.reserve(decimalRoom(scale));
    out.length = putDecimal(out.buffer, out.length, value, scale);
    return true;
  };
}

const quote = 0x22;

/** Texts that lose nothing but blanks at their end. */
function plainText(
  type: Extract<FieldType, { kind: 'text' }>,
  settings: FieldSettings,
  options: ResolvedOptions,
): PlainJson | null {
  if (type.encoding !== 'single-byte') return null;
  if (settings.trim !== 'right' && (settings.trim !== 'justified' || type.justified)) return null;
  const page = codePage(settings.codepage, { nel: options.nel });
  if (page.kind !== 'single-byte') return null;
  const characters = plainCharacters(page);
  const { blank } = page;
  return (bytes, start, end, out) => {
    let to = end;
    while (to > start && bytes[to - 1] === blank) to--;
    out.reserve(to - start);
    const { buffer } = out;
    let at = out.length;
    buffer[at++] = quote;
    for (let from = start; from < to; from++) {
      const character = characters[bytes[from] as number] as number;
      if (character === 0) return false;
      buffer[at++] = character;
    }
    buffer[at++] = quote;
    out.length = at;
    return true;
  };
}

const known = new WeakMap<CodePage, Uint8Array>();

/** What each byte of a page is in JSON, 0 where it is not one character of ASCII. Only one byte may be a blank: it is what is trimmed. */
function plainCharacters(page: CodePage): Uint8Array {
  const before = known.get(page);
  if (before !== undefined) return before;
  const characters = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) {
    const { text, exact } = page.decode(Uint8Array.of(byte));
    if (!exact || !/^[ !#-[\]-~]$/.test(text) || (text === ' ' && byte !== page.blank)) continue;
    characters[byte] = text.charCodeAt(0);
  }
  known.set(page, characters);
  return characters;
}
