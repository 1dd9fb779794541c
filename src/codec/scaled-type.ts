import type { FieldType } from '../copybook/layout.ts';
import type { FieldSettings } from './field-settings.ts';

/** Give a zoned, packed or binary type the decimals that a `scale` setting says, whatever its picture has; other types stay. */
export function scaledType(type: FieldType, { scale }: Pick<FieldSettings, 'scale'>): FieldType {
  if (scale === null || (type.kind !== 'zoned' && type.kind !== 'packed' && type.kind !== 'binary')) return type;
  return { ...type, scale, precision: Math.max(type.digits, scale) };
}
