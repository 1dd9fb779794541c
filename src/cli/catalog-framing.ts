import type { Catalog } from '../frames/catalog/catalog.ts';
import type { FrameCheck } from '../frames/frame-check.ts';
import type { FrameFormat } from '../frames/framer.ts';
import { createHeaderReader } from '../frames/header/create-header-reader.ts';
import type { CatalogFormat } from './catalog-options.ts';
import { type FramingOptions, refuseWords, wordFormat } from './frame-format.ts';

/** What framing knows of the frames of a catalog. */
export function frameCheck(catalog: Catalog): FrameCheck {
  const { length, maximumFrame, fields } = catalog.header;
  if (fields.length === null) return { minimum: length, maximum: maximumFrame, lengthAt: null };
  const reader = createHeaderReader(catalog);
  /** A frame of no type is one all the same when something else in its header makes sense. */
  const isHeader = (): boolean => {
    if (reader.type !== -1 || reader.direction >= 0) return true;
    return fields.direction === null && (fields.time === null || !Number.isNaN(reader.time));
  };
  return {
    minimum: length,
    maximum: maximumFrame,
    lengthAt: (bytes, offset) => (reader.at(bytes, offset) && isHeader() ? reader.frameLength : Number.NaN),
  };
}

/** Put the framing options of a catalog's frames together. Throws USAGE for options that do not go with the format. */
export function catalogFraming(format: CatalogFormat, options: FramingOptions, header: FrameCheck): FrameFormat {
  if (format === 'rdw' || format === 'bdw') return wordFormat(format, options);
  refuseWords(options);
  return format === 'quarantine' ? { format } : { format, header };
}
