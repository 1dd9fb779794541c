import type { LayoutItem } from '../copybook/layout.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { editedReader, isReadAsNumber } from './edited-reader.ts';
import { type FieldSettings, isRaw } from './field-settings.ts';
import {
  binaryReader,
  bitsReader,
  floatReader,
  packedReader,
  packedUnsignedReader,
  zonedReader,
} from './number-reader.ts';
import { rawReader } from './raw-bits.ts';
import type { FieldReader } from './scalar.ts';
import { scaledType } from './scaled-type.ts';
import { textReader } from './text-reader.ts';

/** A field's reader and what can be said about its values beforehand. */
export interface PreparedField {
  readonly read: FieldReader;
  /** What is left of the field where a record ends inside it can still be read: text. */
  readonly partial: boolean;
}

/** Prepare the reader of an elementary item. Throws UNKNOWN_CODE_PAGE. */
export function fieldReader(item: LayoutItem, settings: FieldSettings, options: ResolvedOptions): PreparedField {
  const { length } = item;
  if (item.type === null) return { read: rawReader(item, 'hex', null), partial: true };
  const type = scaledType(item.type, settings);
  if (settings.as === 'hex' || settings.as === 'bits') {
    const plain = { ...settings, as: 'item' } as const;
    const number = readsNumber(item, plain, options) ? fieldReader(item, plain, options).read : null;
    return { read: rawReader(item, settings.as, number), partial: true };
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
  if (item.type === null || isRaw(settings)) return false;
  if (settings?.as === 'packed-unsigned') return true;
  return item.type.kind === 'edited' ? isReadAsNumber(item.type, options) : item.type.kind !== 'text';
}
