import { printable } from '../bytes/printable.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import { OverpunchError } from '../errors.ts';
import { type Decimal, parseDecimal } from './decimal.ts';
import type { FieldReading } from './reading.ts';

/**
 * Give the text that a value of an option has in common with all equal ones: text trimmed on both sides, numbers by exact value, `''`
 * for blank.
 *
 * Throws USAGE when a numeric field is compared with something that is no number.
 */
export function valueKey(item: LayoutItem, numeric: boolean, value: string): string {
  const text = value.trim();
  return numeric && text !== '' ? decimalKey(wantedDecimal(item, text)) : text;
}

/** Give the keys of the values that a field equals: none when it is absent or cannot be read, two when blank counts as a number. */
export function readingKeys(reading: FieldReading, numeric: boolean): readonly string[] {
  if (reading.absent) return [];
  if (!numeric) return typeof reading.value === 'string' ? [reading.value.trim()] : [];
  const found = readDecimal(reading);
  const number = found === null ? [] : [decimalKey(found)];
  return isBlank(reading) ? ['', ...number] : number;
}

/** Whether the bytes of a field were blank where a number should be. */
export function isBlank(reading: FieldReading): boolean {
  return reading.issues.some((issue) => issue.code === 'BLANK_NUMERIC');
}

/** The number that was read; `null` when there is none. */
export function readDecimal(reading: FieldReading): Decimal | null {
  return reading.absent || reading.digits === null ? null : parseDecimal(reading.digits);
}

/** The number that an option gives for a field. Throws USAGE when it is none. */
export function wantedDecimal(item: LayoutItem, value: string): Decimal {
  const wanted = parseDecimal(value);
  if (wanted !== null) return wanted;
  throw new OverpunchError('USAGE', printable(`${item.path} is a number, but it is compared with ${value}`), {
    hint: 'give a number behind =, !=, <, >, <=, >= or in, or read the field as hex (--field NAME=hex)',
  });
}

/** Decimals have one form each: no zeros at either end of their digits. */
function decimalKey({ negative, digits, scale }: Decimal): string {
  return `${negative ? '-' : ''}${digits}e${-scale}`;
}
