import { toHex } from '../../bytes/hex.ts';
import type { LayoutItem } from '../../copybook/layout.ts';
import type { HeaderField } from './header-field.ts';

/**
 * Make the reading of a key for people: a text without the blanks around it, a number in its digits. What cannot be read, and groups in
 * which there is anything but characters and digits, are hexadecimal: `X'0102'`.
 */
export function keyText(
  key: HeaderField,
  at: (item: LayoutItem) => HeaderField,
): (bytes: Uint8Array, offset: number) => string {
  const isText =
    key.item.type !== null || key.type.kind === 'bits' || key.item.children.every((item) => isReadable(item, at));
  return (bytes, offset) => {
    const { value, digits } = key.read(bytes, offset);
    if (isText && value !== null) return digits ?? String(value).trim();
    return `X'${toHex(bytes.subarray(offset + key.start, offset + key.end))}'`;
  };
}

function isReadable(item: LayoutItem, at: (item: LayoutItem) => HeaderField): boolean {
  if (item.type === null) return item.children.every((child) => isReadable(child, at));
  const { type } = at(item);
  return (type.kind === 'text' || type.kind === 'zoned' || type.kind === 'edited') && type.encoding === 'single-byte';
}
