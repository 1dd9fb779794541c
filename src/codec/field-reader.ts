import { toHex } from '../bytes/hex.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { editedReader, isReadAsNumber } from './edited-reader.ts';
import type { FieldSettings } from './field-settings.ts';
import {
  binaryReader,
  bitsReader,
  floatReader,
  packedReader,
  packedUnsignedReader,
  zonedReader,
} from './number-reader.ts';
import { type FieldReader, noProblems } from './scalar.ts';
import { textReader } from './text-reader.ts';

/** A field's reader and what can be said about its values beforehand. */
export interface PreparedField {
  readonly read: FieldReader;
  /** What is left of the field where a record ends inside it can still be read: text. */
  readonly partial: boolean;
}

/** Prepare the reader of an elementary item. Throws UNKNOWN_CODE_PAGE. */
export function fieldReader(item: LayoutItem, settings: FieldSettings, options: ResolvedOptions): PreparedField {
  const { type, length } = item;
  if (type === null) return { read: hexReader(null, length), partial: true };
  if (settings.as === 'hex') {
    const plain = { ...settings, as: 'item' } as const;
    const number = readsNumber(item, plain, options) ? fieldReader(item, plain, options).read : null;
    return { read: hexReader(number, length), partial: true };
  }
  if (settings.as === 'packed-unsigned') return { read: packedUnsignedReader(type, length, settings), partial: false };
  const number = (read: FieldReader): PreparedField => ({ read, partial: false });
  switch (type.kind) {
    case 'text':
      return { read: textReader(type.encoding, type.justified, settings, options), partial: true };
    case 'edited':
      return { read: editedReader(type, settings, options), partial: !isReadAsNumber(type, options) };
    case 'zoned':
      return number(zonedReader(type, settings, options));
    case 'packed':
      return number(packedReader(type, settings));
    case 'binary':
      return number(binaryReader(type, length, settings, options));
    case 'float':
      return number(floatReader(settings, options));
    case 'bits':
      return number(bitsReader(type, settings));
  }
}

/** Whether the values of an item are numbers, with `digits`. */
export function readsNumber(item: LayoutItem, settings: FieldSettings | undefined, options: ResolvedOptions): boolean {
  if (item.type === null || settings?.as === 'hex') return false;
  if (settings?.as === 'packed-unsigned') return true;
  return item.type.kind === 'edited' ? isReadAsNumber(item.type, options) : item.type.kind !== 'text';
}

/** A number shown in hexadecimal keeps its digits: it may be a counter or a record length. */
function hexReader(number: FieldReader | null, length: number): FieldReader {
  return (bytes, start, end, bit) => ({
    value: toHex(bytes.subarray(start, end)),
    digits: number === null || end - start < length ? null : number(bytes, start, end, bit).digits,
    problems: noProblems,
  });
}
