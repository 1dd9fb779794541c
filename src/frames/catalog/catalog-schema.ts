import { z } from 'zod';
import { choice, flag, members, reads, shownText, text } from '../../settings/settings-schema.ts';
import { compressionSchemes } from '../compression/compression.ts';
import { frameRoles } from './catalog.ts';
import type {
  ByteSetting,
  CatalogSettings,
  CompressionSettings,
  DecodingSettings,
  EventSettings,
  FrameTypeSettings,
  HeaderSettings,
} from './catalog-settings.ts';
import { correlationTimes } from './correlation-times.ts';

/** One or several; always a list. */
function listOf<T>(item: z.ZodType<T>): z.ZodType<T[]> {
  const one = (value: unknown): unknown => (typeof value === 'string' ? [value] : value);
  return z.preprocess(one, z.array(item, { error: 'a text or a list of texts' })) as unknown as z.ZodType<T[]>;
}

const fieldName = text('a field name');
const path = text('a path, relative to the catalog');
const values = listOf(z.string({ error: 'a value, or a list of values' }));

function wholeNumber(expected: string, least: number, most: number): z.ZodType<number> {
  return reads(expected, (value) => {
    const number = /^(?:0x[0-9a-f]{1,8}|[+-]?[0-9]{1,10})$/i.test(value) ? Number(value) : Number.NaN;
    return number >= least && number <= most ? number : null;
  });
}

/** A byte, or a word for one: the blank of the code page, X'00'. */
const byte: z.ZodType<ByteSetting> = reads<ByteSetting>("a byte such as 0x40, or blank or zero (X'00')", (value) => {
  if (value === 'blank' || value === 'zero') return value;
  return /^(?:0x[0-9a-f]{1,2}|[0-9]{1,3})$/i.test(value) && Number(value) < 256 ? Number(value) : null;
});

/** The decoding options that hold for all types, under their command-line names. */
const decodingMembers = members({
  'source-format': choice(['auto', 'fixed', 'free']).optional(),
  'decimal-comma': flag.optional(),
  currency: text('a currency sign').optional(),
  dialect: choice(['ibm', 'gnucobol', 'microfocus']).optional(),
  'binary-size': choice(['2-4-8', '1-2-4-8', '1--8']).optional(),
  'comp5-size': choice(['2-4-8', '1-2-4-8', '1--8']).optional(),
  'comp5-order': choice(['big', 'little']).optional(),
  sync: choice(['ibm', 'natural', 'none']).optional(),
  floats: choice(['hex', 'hex-le', 'ieee-be', 'ieee-le']).optional(),
  'pointer-size': reads<4 | 8>('4 or 8', (value) => (value === '4' ? 4 : value === '8' ? 8 : null)).optional(),
  trunc: choice(['std', 'bin']).optional(),
  'ascii-sign': choice(['ebcdic', 'microfocus', 'fujitsu']).optional(),
  odo: choice(['maximum', 'shifted', 'padded']).optional(),
  codepage: text('a code page').optional(),
  nel: choice(['nel', 'lf']).optional(),
  national: choice(['utf-16be', 'utf-16le']).optional(),
  zoned: choice(['strict', 'lenient']).optional(),
  blank: choice(['null', 'zero', 'error']).optional(),
  edited: choice(['text', 'number']).optional(),
  trim: choice(['right', 'none', 'left', 'both', 'nul']).optional(),
  names: choice(['cobol', 'camel', 'snake']).optional(),
  numbers: choice(['exact', 'string', 'bigint', 'number']).optional(),
  filler: choice(['drop', 'keep']).optional(),
  views: choice(['good', 'all', 'first']).optional(),
});

/** `ascii-sign` becomes `asciiSign`. */
const decoding = decodingMembers.transform((options) =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  ),
) as unknown as z.ZodType<DecodingSettings>;

const timeOffset = reads("a time difference such as '+01:00'", (value) => {
  const match = /^([+-])([0-1][0-9]):?([0-5][0-9])$/.exec(value);
  if (match === null) return value === 'Z' ? 0 : null;
  return (match[1] === '-' ? -1 : 1) * (60 * Number(match[2]) + Number(match[3]));
});

const header: z.ZodType<HeaderSettings> = members({
  copybook: path,
  record: text('the name of a 01').optional(),
  included: flag.default(false),
  fields: members({
    type: fieldName,
    direction: fieldName.optional(),
    key: fieldName,
    sequence: fieldName.optional(),
    time: fieldName.optional(),
    length: fieldName.optional(),
    flags: fieldName.optional(),
  }),
  direction: members({ request: values.optional(), response: values.optional(), notice: values.optional() }).optional(),
  time: members({
    format: choice(['seconds', 'milliseconds', 'microseconds', 'stck', 'digits']).optional(),
    offset: timeOffset.optional(),
  }).optional(),
  length: members({
    counts: choice(['frame', 'body']).optional(),
    adjustment: wholeNumber('a whole number', -65_536, 65_536).optional(),
  }).optional(),
  maximum: wholeNumber('a number of bytes, at most 16777216', 1, 16_777_216).optional(),
});

const compression: z.ZodType<CompressionSettings> = z.preprocess(
  (value) => (typeof value === 'string' ? { scheme: value } : value),
  members({
    scheme: choice(compressionSchemes),
    flag: text('a bit of the header flags, by its name').optional(),
    fill: byte.optional(),
    prime: byte.optional(),
    fields: z
      .array(wholeNumber('a length in bytes', 1, 65_535), { error: 'a list of lengths in bytes' })
      .min(1, { error: 'at least one length' })
      .max(127, { error: 'at most 127 lengths: fields 2 to 128' })
      .optional(),
  }),
);

const event: z.ZodType<EventSettings> = members({
  event: text('the name of an event'),
  when: listOf(text("a condition such as 'response.STATUS == 0'")).optional(),
  fields: z.record(z.string(), text('a field, request.FIELD or response.FIELD'), { error: 'members and their fields' }),
});

const frameType: z.ZodType<FrameTypeSettings> = members({
  title: shownText(200).optional(),
  copybook: path,
  role: choice(frameRoles),
  pairsWith: text('the name of a type').optional(),
  when: z.record(z.string(), values, { error: 'header fields and their values' }).optional(),
  compression: compression.optional(),
  record: text('the name of a 01').optional(),
  recordWhen: listOf(text('a rule FIELD:V1,V2=RECORD')).optional(),
  views: listOf(text('a rule FIELD:V1,V2=VIEW or REDEFINED=VIEW')).optional(),
  fields: z
    .record(z.string(), listOf(text('a field setting such as hex')), { error: 'fields and their settings' })
    .optional(),
  events: z.array(event, { error: 'a list of events' }).optional(),
});

/** The form of a catalog file, read from plain objects whose scalars are texts. */
export const catalogSchema: z.ZodType<CatalogSettings> = members({
  protocol: shownText(255),
  description: z.string({ error: 'a text' }).optional(),
  decoding: decoding.optional(),
  include: listOf(path).optional(),
  header,
  discriminators: listOf(fieldName).optional(),
  types: z.record(z.string(), frameType, { error: 'frame types by their names' }),
  correlation: members(correlationTimes).optional(),
});
