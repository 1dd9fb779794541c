import { elementaryItems } from '../../copybook/elementary-items.ts';
import { codePage } from '../../ebcdic/open-code-page.ts';
import type { HeaderField } from './header-field.ts';

/** Reads a number of the frame that starts at `offset`: NaN when it cannot be read. */
export type NumberReading = (bytes: Uint8Array, offset: number) => number;

/** Longest text that is a number of its bytes: 48 bits, exact in a double. */
export const longestText = 6;

/** Digits of keys, all of which a double holds. */
const keyDigits = 15;

/** Make the reading of a count: numbers by value, within ±(2^53 − 1), and texts that are digits. */
export function countReading(field: HeaderField): NumberReading {
  if (field.numeric) return valueReading(field);
  return (bytes, offset) => {
    const { value } = field.read(bytes, offset);
    const text = typeof value === 'string' ? value.trim() : '';
    return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  };
}

/**
 * Make the reading of what only tells one from another: numbers by value, texts of up to 6 bytes as the big-endian number of their
 * bytes. The number `blank` is no value.
 */
export function tokenReading(field: HeaderField, blank: number): NumberReading {
  if (field.numeric) return valueReading(field);
  const { start, end } = field;
  if (end - start > longestText) return () => Number.NaN;
  return (bytes, offset) => {
    let number = 0;
    for (let at = offset + start; at < offset + end; at++) number = number * 256 + (bytes[at] ?? 0);
    return number === blank ? Number.NaN : number;
  };
}

/** The number of a text's bytes when all of them are blanks. */
export function blankToken(field: HeaderField): number {
  const { blank } = codePage(field.settings.codepage);
  let number = 0;
  for (let at = field.start; at < field.end; at++) number = number * 256 + blank;
  return number;
}

/** Whether a number has more digits than a key may have. */
export function isLongKey({ type }: HeaderField): boolean {
  return (type.kind === 'zoned' || type.kind === 'packed') && type.digits > keyDigits;
}

/** Make the reading of one number of unsigned fields of digits that follow one another: a group that is a key. */
export function joinedReading(fields: readonly HeaderField[]): NumberReading {
  const parts = fields.map((field) => ({ unit: 10 ** digitsOf(field), read: valueReading(field) }));
  return (bytes, offset) => {
    let number = 0;
    for (const { unit, read } of parts) {
      const part = read(bytes, offset);
      if (!(part >= 0)) return Number.NaN;
      number = number * unit + part;
    }
    return number;
  };
}

/** Stored digits of a zoned field, else 0. */
export function digitsOf({ type }: HeaderField): number {
  return type.kind === 'zoned' ? type.digits : 0;
}

/**
 * The fields of a group that are all its bytes, when they are unsigned zoned integers of at most 15 digits together; else `null`: the
 * group is a text.
 */
export function digitFields(
  field: HeaderField,
  below: (at: HeaderField['item']) => HeaderField,
): readonly HeaderField[] | null {
  if (field.item.type !== null) return null;
  const fields = elementaryItems(field.item).map(below);
  let end = field.start;
  for (const { item, type, scale, start, end: next, settings } of fields) {
    const plain = type.kind === 'zoned' && type.encoding === 'single-byte' && !type.signed && !type.separate;
    if (!plain || scale !== 0 || item.occurs !== null || settings.as !== 'item' || start !== end) return null;
    end = next;
  }
  const digits = fields.reduce((sum, one) => sum + digitsOf(one), 0);
  return end === field.end && digits <= keyDigits ? fields : null;
}

function valueReading(field: HeaderField): NumberReading {
  return (bytes, offset) => {
    const { value, digits } = field.read(bytes, offset);
    const number = value === null || digits === null ? Number.NaN : Number(digits);
    return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : Number.NaN;
  };
}
