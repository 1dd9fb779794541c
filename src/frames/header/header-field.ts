import type { ResolvedOptions } from '../../codec/codec-options.ts';
import { fieldReader, readsNumber } from '../../codec/field-reader.ts';
import type { FieldSettings } from '../../codec/field-settings.ts';
import type { FieldReading } from '../../codec/reading.ts';
import type { Scalar } from '../../codec/scalar.ts';
import type { FieldType, LayoutItem } from '../../copybook/layout.ts';
import type { CatalogHeader } from '../catalog/catalog.ts';

/** A field of the header where it lies, read as the codec reads it: whatever is quicker must give the same. */
export interface HeaderField {
  readonly item: LayoutItem;
  /** Groups are text, as they are in COBOL, and bit groups one run of bits. */
  readonly type: FieldType;
  /** Decimals of its numbers, by its settings or else its picture. */
  readonly scale: number;
  /** Bytes from the start of the frame. */
  readonly start: number;
  readonly end: number;
  readonly settings: FieldSettings;
  readonly options: ResolvedOptions;
  /** Whether its values are numbers. */
  readonly numeric: boolean;
  /** Read it in the frame that starts at `offset`. */
  read(bytes: Uint8Array, offset: number): Scalar;
}

/** Prepare a field of a header. Throws UNKNOWN_CODE_PAGE. */
export function headerField(header: CatalogHeader, item: LayoutItem): HeaderField {
  const { codec } = header;
  const settings = codec.settingsOf(item);
  if (settings === undefined) throw new RangeError(`${item.path} is no item of the header`);
  const type = item.type ?? groupType(item);
  const elementary: LayoutItem = { ...item, type };
  const start = item.offset;
  const end = start + Math.ceil((item.bit + item.bitLength) / 8);
  const { read } = fieldReader(elementary, settings, codec.options);
  return {
    item,
    type,
    scale: settings.scale ?? ('scale' in type ? type.scale : 0),
    start,
    end,
    settings,
    options: codec.options,
    numeric: readsNumber(elementary, settings, codec.options),
    read: (bytes, offset) => read(bytes, offset + start, offset + end, item.bit),
  };
}

function groupType(item: LayoutItem): FieldType {
  return item.bitAligned
    ? { kind: 'bits', bits: item.bitLength }
    : { kind: 'text', encoding: 'single-byte', justified: false };
}

/** A field of one frame in the form that conditions are tested on; offsets are from the frame's start. */
export function fieldReading(field: HeaderField, bytes: Uint8Array, offset: number): FieldReading {
  const { value, digits, problems } = field.read(bytes, offset);
  const length = field.end - field.start;
  const place = { path: field.item.path, offset: field.start, length, hex: '' };
  return {
    kind: 'field',
    item: field.item,
    offset: field.start,
    bit: field.item.bit,
    length,
    subscripts: [],
    value,
    digits,
    absent: false,
    issues: problems.map((problem) => ({ ...problem, ...place })),
  };
}
