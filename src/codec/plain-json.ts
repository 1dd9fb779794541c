import { decimalRoom, putDecimal } from '../bytes/put-json.ts';
import type { FieldType, LayoutItem } from '../copybook/layout.ts';
import type { CodePage } from '../ebcdic/code-page.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import type { ResolvedOptions } from './codec-options.ts';
import type { FieldSettings } from './field-settings.ts';
import { plainNumber } from './number-reader.ts';
import { type PlainNumber, plainDigits } from './plain-number.ts';
import { scaledType } from './scaled-type.ts';

/** A field whose bytes are written as JSON by `putPlain` where they hold nothing unusual. */
export interface PlainField {
  /** `null` for text. */
  readonly number: PlainNumber | null;
  /** What each byte of a text is in JSON, 0 for what is left to the reader of the field. */
  readonly characters: Uint8Array;
  /** The byte that is cut off at the end of a text. */
  readonly blank: number;
}

const noCharacters = new Uint8Array(0);

/** Find the plain way to write a field as JSON; `null` for fields that have none. */
export function plainField(item: LayoutItem, settings: FieldSettings, options: ResolvedOptions): PlainField | null {
  const { type } = item;
  if (type === null || settings.as !== 'item') return null;
  if (type.kind === 'text') return plainText(type, settings, options);
  const number = plainNumber(scaledType(type, settings), settings, item.bit);
  return number === null ? null : { number, characters: noCharacters, blank: 0 };
}

/** Bytes that `putPlain` writes at most for a field of `length` bytes, where it gives up, too. */
export function plainRoom({ number }: PlainField, length: number): number {
  return number === null ? length + 2 : decimalRoom(number.scale);
}

/**
 * Write the bytes `start` to `end` of a field as JSON where they hold digits, or characters of ASCII that JSON writes as they are. Gives where it ends;
 * −1 for all others, which are left to the reader of the field.
 */
export function putPlain(
  field: PlainField,
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
): number {
  const { number } = field;
  if (number === null) return putText(field, bytes, start, end, out, at);
  const value = plainDigits(number, bytes, start, end);
  return Number.isNaN(value) ? -1 : putDecimal(out, at, value, number.scale);
}

const quote = 0x22;

function putText(
  { characters, blank }: PlainField,
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
): number {
  let to = end;
  while (to > start && bytes[to - 1] === blank) to--;
  let place = at;
  out[place++] = quote;
  for (let from = start; from < to; from++) {
    const character = characters[bytes[from] as number] as number;
    if (character === 0) return -1;
    out[place++] = character;
  }
  out[place] = quote;
  return place + 1;
}

/** Texts that lose nothing but blanks at their end. */
function plainText(
  type: Extract<FieldType, { kind: 'text' }>,
  settings: FieldSettings,
  options: ResolvedOptions,
): PlainField | null {
  if (type.encoding !== 'single-byte') return null;
  if (settings.trim !== 'right' && (settings.trim !== 'justified' || type.justified)) return null;
  const page = codePage(settings.codepage, { nel: options.nel });
  if (page.kind !== 'single-byte') return null;
  return { number: null, characters: plainCharacters(page), blank: page.blank };
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
