import type { FrameCheck } from '../frames/frame-check.ts';
import type { FrameFormat } from '../frames/framer.ts';
import type { CatalogFormat } from './catalog-options.ts';
import { type FramingOptions, refuseWords, wordFormat } from './frame-format.ts';

/** Put the framing options of a catalog's frames together. Throws USAGE for options that do not go with the format. */
export function catalogFraming(format: CatalogFormat, options: FramingOptions, header: FrameCheck): FrameFormat {
  if (format === 'rdw' || format === 'bdw') return wordFormat(format, options);
  refuseWords(options);
  return format === 'quarantine' ? { format } : { format, header };
}
