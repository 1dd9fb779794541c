import { fromHex } from '../bytes/hex.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { editedWriter } from './edited-writer.ts';
import { type FieldWriter, wrongKind } from './encode-issue.ts';
import type { FieldSettings } from './field-settings.ts';
import {
  binaryWriter,
  bitsWriter,
  floatWriter,
  packedUnsignedWriter,
  packedWriter,
  zonedWriter,
} from './number-writer.ts';
import { textWriter } from './text-writer.ts';

/** Prepare the writer of an elementary item: the inverse of its reader. Throws UNKNOWN_CODE_PAGE. */
export function fieldWriter(item: LayoutItem, settings: FieldSettings, options: ResolvedOptions): FieldWriter {
  const { type, length } = item;
  if (type === null || settings.as === 'hex') return hexWriter(length);
  if (settings.as === 'packed-unsigned') return packedUnsignedWriter(type, length);
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
      return bitsWriter(type);
  }
}

function hexWriter(length: number): FieldWriter {
  return (value) => {
    const bytes = typeof value === 'string' ? fromHex(value) : null;
    return bytes === null || bytes.length !== length ? wrongKind(`${2 * length} hexadecimal digits`) : { bytes };
  };
}
