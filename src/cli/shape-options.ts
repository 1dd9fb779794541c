import { type DecodingOptions, decodingOptions, type OptionTable } from './decoding-options.ts';
import type { LayoutOptions } from './load-layout.ts';

type ValueOption =
  | 'record'
  | 'recordWhen'
  | 'view'
  | 'views'
  | 'codepage'
  | 'nel'
  | 'national'
  | 'zoned'
  | 'blank'
  | 'edited'
  | 'format'
  | 'recfm'
  | 'trim'
  | 'names'
  | 'numbers'
  | 'filler'
  | 'field'
  | 'select';

/** The decoding options that say what decoded records look like. */
export type ShapeOptions = LayoutOptions & Pick<DecodingOptions, ValueOption>;

/** A definition for each of them. */
export const shapeOptions: OptionTable<ShapeOptions> = shapeTable(decodingOptions);

function shapeTable(table: OptionTable<DecodingOptions>): OptionTable<ShapeOptions> {
  const { copybook, lrecl, recordLength, rdwEndian, rdwInclusive, rdwPosition, rdwAdjustment, ...framed } = table;
  const { skipFileStart, skipFileEnd, skipRecordStart, skipRecordEnd, where, skip, limit, ...read } = framed;
  const { to, output, split, csvSafe, meta, raw, engine, workers, quarantine, strict, maxErrors, ...shape } = read;
  return shape;
}
