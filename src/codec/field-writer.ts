import type { LayoutItem } from '../copybook/layout.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { editedWriter } from './edited-writer.ts';
import type { FieldWriter } from './encode-issue.ts';
import type { FieldSettings } from './field-settings.ts';
import {
  binaryWriter,
  bitsWriter,
  floatWriter,
  packedUnsignedWriter,
  packedWriter,
  zonedWriter,
} from './number-writer.ts';
import { rawWriter } from './raw-bits.ts';
import { scaledType } from './scaled-type.ts';
import { textWriter } from './text-writer.ts';

/** Prepare the writer of an elementary item: the inverse of its reader. Throws UNKNOWN_CODE_PAGE. */
export function fieldWriter(item: LayoutItem, settings: FieldSettings, options: ResolvedOptions): FieldWriter {
  const { length } = item;
  if (item.type === null || settings.as === 'hex') return rawWriter(item, 'hex');
  if (settings.as === 'bits') return rawWriter(item, 'bits');
  const type = scaledType(item.type, settings);
  if (settings.as === 'packed-unsigned') return packedUnsignedWriter(type, length, settings);
  switch (type.kind) {
    case 'text':
      return textWriter(type.encoding, type.justified, length, settings, options);
    case 'edited':
      return editedWriter(type, length, settings, options);
    case 'zoned':
      return zonedWriter(type, length, settings, options);
    case 'packed':
      return packedWriter(type, length, settings);
    case 'binary':
      return binaryWriter(type, length, options);
    case 'float':
      return floatWriter(length, options);
    case 'bits':
      return bitsWriter(type, settings);
  }
}
