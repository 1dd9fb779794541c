import { toHex } from '../bytes/hex.ts';
import type { Codec } from '../codec/create-codec.ts';
import { decimalText, parseDecimal } from '../codec/decimal.ts';
import type { FieldReading } from '../codec/reading.ts';
import { codePage } from '../ebcdic/open-code-page.ts';

/** What tells a record from others: the values of its key fields, as texts. */
export type RecordKey = readonly string[];

/**
 * Make the reader of a record's key, without reading the rest of the record. Numbers are keys by value; a field that is null is its
 * bytes, one that is not there `''`.
 *
 * Throws UNKNOWN_NAME and AMBIGUOUS_NAME.
 */
export function recordKey(codec: Codec, fields: readonly string[]): (bytes: Uint8Array) => RecordKey {
  const readers = fields.map((field) => codec.fieldReader(field.trim()));
  const text = codec.options.format === 'text';
  const { blank } = codePage(codec.options.codepage);
  return (bytes) => {
    // Lines lose the blanks at their end; the codec puts them back as well.
    const whole = text && bytes.length < codec.maximumLength ? filled(bytes, codec.maximumLength, blank) : bytes;
    return readers.map((read) => keyText(read(whole), whole));
  };
}

function filled(bytes: Uint8Array, length: number, blank: number): Uint8Array {
  const whole = new Uint8Array(length).fill(blank);
  whole.set(bytes);
  return whole;
}

function keyText(reading: FieldReading | null, bytes: Uint8Array): string {
  if (reading === null) return '';
  const { value, digits, offset, length } = reading;
  if (value === null) return `X'${toHex(bytes.subarray(offset, offset + length))}'`;
  const decimal = digits === null ? null : parseDecimal(digits);
  if (decimal === null) return String(value);
  return decimalText(decimal.negative, decimal.digits, decimal.scale);
}
