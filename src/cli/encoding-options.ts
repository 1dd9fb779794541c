import { type DecodingOptions, decodingOptions, type OptionTable } from './decoding-options.ts';
import { flag, integer, maybeChoice, type OptionDefinition, text } from './option-definition.ts';

type DecodingOnly =
  | 'select'
  | 'where'
  | 'skip'
  | 'limit'
  | 'to'
  | 'split'
  | 'csvSafe'
  | 'meta'
  | 'raw'
  | 'engine'
  | 'workers';

/** What `encode` can be told: what says how records are decoded, and what only writing needs. */
export interface EncodingOptions extends Omit<DecodingOptions, DecodingOnly> {
  readonly original?: string;
  readonly init?: boolean;
  readonly round?: boolean;
  readonly blockSize?: number;
}

/** A definition for each of them. */
export const encodingOptions: OptionTable<EncodingOptions> = encodingTable(decodingOptions);

function encodingTable(table: OptionTable<DecodingOptions>): OptionTable<EncodingOptions> {
  const { select, where, skip, limit, to, split, csvSafe, meta, raw, engine, workers, quarantine, ...rest } = table;
  return {
    ...rest,
    format: writable(table.format),
    blockSize: integer('Framing', 'BYTES', 12, 'what a block of --format bdw takes at most', { standard: '32760' }),
    original: text('Values', 'FRAMES', 'file the lines were decoded from: what they do not say stays as it is there', {
      path: true,
    }),
    init: flag('Values', 'fields without a value take their VALUE, else blanks or zeros'),
    round: flag('Values', 'round decimals that a field has no place for'),
    quarantine: text('Bad records', 'FILE', 'put bad lines there as they are, to be corrected and encoded again', {
      path: true,
    }),
    strict: maybeChoice('Bad records', ['errors', 'notes'], 'stop at the first bad line and write nothing at all'),
    maxErrors: integer('Bad records', 'N', 1, 'stop after N bad lines'),
  };
}

function writable<T extends string>(definition: OptionDefinition<T>): OptionDefinition<T> {
  return { ...definition, values: definition.values.filter((value) => value !== 'quarantine') };
}
