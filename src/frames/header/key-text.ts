import { toHex } from '../../bytes/hex.ts';
import { elementaryItems } from '../../copybook/elementary-items.ts';
import type { LayoutItem } from '../../copybook/layout.ts';
import { digitFields, digitsOf } from './field-number.ts';
import type { HeaderField } from './header-field.ts';

/** Reads the key of the frame at `offset` for people; `number` is the key as a number. */
export type KeyReading = (bytes: Uint8Array, offset: number, number: number) => string;

/**
 * Make the reading of a key for people: a text without the blanks around it, a number in its digits, a group of digits with all of
 * them, leading zeros too. What cannot be read, and groups in which there is anything but characters and digits, are hexadecimal:
 * `X'0102'`.
 */
export function keyText(key: HeaderField, at: (item: LayoutItem) => HeaderField): KeyReading {
  const inHex = (bytes: Uint8Array, offset: number): string =>
    `X'${toHex(bytes.subarray(offset + key.start, offset + key.end))}'`;
  const fields = digitFields(key, at);
  if (fields !== null) {
    const digits = fields.reduce((sum, field) => sum + digitsOf(field), 0);
    return (bytes, offset, number) =>
      Number.isNaN(number) ? inHex(bytes, offset) : String(number).padStart(digits, '0');
  }
  const isText =
    key.item.type !== null ||
    key.type.kind === 'bits' ||
    elementaryItems(key.item).every((item) => isReadable(at(item)));
  return (bytes, offset) => {
    const { value, digits } = key.read(bytes, offset);
    return isText && value !== null ? (digits ?? String(value).trim()) : inHex(bytes, offset);
  };
}

function isReadable({ type }: HeaderField): boolean {
  return (type.kind === 'text' || type.kind === 'zoned' || type.kind === 'edited') && type.encoding === 'single-byte';
}
