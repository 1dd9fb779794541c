import type { FieldReading } from '../../src/codec/reading.ts';
import type { FieldType } from '../../src/copybook/layout.ts';
import type { ActualValue } from './actual.ts';
import { readBlankDigits } from './blank-digits.ts';
import { canonicalDecimal } from './decimal.ts';
import { editedNumber } from './edited-number.ts';
import { readSignedDigit, type SignStyle } from './overpunch.ts';
import { type Trim, trimText } from './trim-text.ts';

/** How a case shows what the decoder read (§5). */
export interface ShowOptions {
  readonly trim: Trim;
  /** What single bytes show where the case says so; `null` = the decoder's text. */
  readonly table: readonly string[] | null;
  readonly signs: SignStyle;
  readonly blankDigits: boolean;
  /** A text item of X'00' only is empty. */
  readonly nulIsEmpty: boolean;
  /** The table to show an item as text by, whatever type it was given: counters that are looked up. */
  readonly asText: (reading: FieldReading) => readonly string[] | null;
}

/** What a field shows; `null` when it is absent or unreadable. `bytes` are its own. */
export function itemValue(reading: FieldReading, bytes: Uint8Array, options: ShowOptions): ActualValue | null {
  const { type } = reading.item;
  if (type === null || bytes.length === 0) return null;
  const counterTable = options.asText(reading);
  if (counterTable !== null) return { type: 'text', text: trimText(tableText(bytes, counterTable), options.trim) };
  if (type.kind === 'text') return textValue(reading, type, bytes, options);
  const cut = bytes.length < reading.item.length;
  if (type.kind === 'edited') {
    if (!type.numeric) return textValue(reading, type, bytes, options);
    return cut ? null : editedValue(reading, type, bytes, options);
  }
  if (cut) return null;
  if (type.kind === 'zoned' && options.blankDigits && type.encoding === 'single-byte') {
    const digits = readBlankDigits(bytes, type, options.signs);
    return digits === null ? null : { type: 'number', digits, beyondPicture: false };
  }
  const { value } = reading;
  const digits = reading.digits ?? (value === null ? null : String(value));
  if (digits === null) return null;
  if (type.kind === 'float') return { type: 'float', digits };
  // A binary item is what its bytes say, also where the product cannot give it as a number.
  if (value === null && type.kind !== 'binary') return null;
  return { type: 'number', digits, beyondPicture: type.kind === 'binary' && isBeyond(digits, type) };
}

function textValue(
  reading: FieldReading,
  type: Extract<FieldType, { kind: 'text' | 'edited' }>,
  bytes: Uint8Array,
  options: ShowOptions,
): ActualValue | null {
  if (options.nulIsEmpty && bytes.every((byte) => byte === 0)) return null;
  if (options.table !== null && type.encoding === 'single-byte') {
    return { type: 'text', text: trimText(tableText(bytes, options.table), options.trim) };
  }
  return typeof reading.value === 'string' ? { type: 'text', text: trimText(reading.value, options.trim) } : null;
}

/** What bytes show by a table of 256 texts. */
export function tableText(bytes: Uint8Array, table: readonly string[]): string {
  return Array.from(bytes, (byte) => table[byte] ?? '').join('');
}

function editedValue(
  reading: FieldReading,
  type: Extract<FieldType, { kind: 'edited' }>,
  bytes: Uint8Array,
  options: ShowOptions,
): ActualValue | null {
  const shown = textValue(reading, type, bytes, { ...options, trim: 'none' });
  if (shown?.type !== 'text') return null;
  const text = trimText(shown.text, options.trim);
  return { type: 'edited', text, number: editedNumber(withoutOverpunch(shown.text, type, bytes, options.signs), type) };
}

/** `S9(3).99`: the sign is overpunched on the last digit; it becomes a `-` in front. */
function withoutOverpunch(
  text: string,
  type: Extract<FieldType, { kind: 'edited' }>,
  bytes: Uint8Array,
  signs: SignStyle,
): string {
  if (!type.picture.signed || type.encoding !== 'single-byte') return text;
  const read = readSignedDigit(bytes.at(-1) ?? 0, signs);
  return read === null ? text : `${read.negative ? '-' : ''}${text.slice(0, -1)}${read.digit}`;
}

/** Whether a number has more digits than its picture; never where there is no picture. */
function isBeyond(digits: string, type: Extract<FieldType, { kind: 'binary' }>): boolean {
  const stored = canonicalDecimal(`${digits}e${type.scale}`);
  return type.digits > 0 && stored !== null && stored.replace('-', '').length > type.digits;
}
