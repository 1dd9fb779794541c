import { type DecodingOptions, decodingOptions, type OptionTable } from './decoding-options.ts';

type WritingOption =
  | 'select'
  | 'to'
  | 'output'
  | 'split'
  | 'csvSafe'
  | 'meta'
  | 'raw'
  | 'quarantine'
  | 'strict'
  | 'engine'
  | 'workers';

/** The decoding options of commands that read records but write none. */
export type ReadingOptions = Omit<DecodingOptions, WritingOption | 'maxErrors'>;

/** A definition for each of them. */
export const readingOptions: OptionTable<ReadingOptions> = withoutWriting(decodingOptions);

function withoutWriting(table: OptionTable<DecodingOptions>): OptionTable<ReadingOptions> {
  const { select, to, output, split, csvSafe, meta, raw, quarantine, strict, maxErrors, engine, workers, ...rest } =
    table;
  return rest;
}
