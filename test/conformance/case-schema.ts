import * as z from 'zod';
import { type ExactJson, ExactNumber, ExactObject } from './exact-json.ts';

/** Why a case cannot be run: a key, or a value of a key, that this runner does not know. */
export class UnknownKeyError extends Error {
  readonly key: string;
  readonly reason: string;

  constructor(key: string, reason: string) {
    super(`${key}: ${reason}`);
    this.name = 'UnknownKeyError';
    this.key = key;
    this.reason = reason;
  }
}

const bytes = wholeNumber(0);
const integer = wholeNumber(Number.MIN_SAFE_INTEGER);
const endian = z.enum(['big', 'little']);
const names = z.array(z.string());
const binarySize = z.enum(['2-4-8', '1-2-4-8', '1--8']);
/** A value of an item as text: strings as they are, numbers as written. */
const valueText = z
  .union([z.string(), z.custom<ExactNumber>((value) => value instanceof ExactNumber)])
  .transform((value) => (typeof value === 'string' ? value : value.text));
const textMap = <T extends z.ZodType>(value: T) => z.map(z.string(), value);
const oneOrMore = <T extends z.ZodType>(value: T) =>
  z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(value));

const word = z.strictObject({
  endian: endian.default('big'),
  inclusive: z.boolean().default(true),
  adjust: integer.default(0),
});
const defaultWord = { endian: 'big', inclusive: true, adjust: 0 } as const;
const cuts = {
  file_header: bytes.default(0),
  file_trailer: bytes.default(0),
  record_prefix: bytes.default(0),
  record_suffix: bytes.default(0),
};

const framing = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('fixed'), length: wholeNumber(1).optional(), ...cuts }),
  z.strictObject({ format: z.literal('rdw'), ...word.shape, ...cuts }),
  z.strictObject({ format: z.literal('vb'), bdw: word.default(defaultWord), rdw: word.default(defaultWord), ...cuts }),
  z.strictObject({
    format: z.literal('fb'),
    bdw: word.default(defaultWord),
    length: wholeNumber(1).optional(),
    ...cuts,
  }),
  z.strictObject({
    format: z.literal('header'),
    header: z.strictObject({
      size: wholeNumber(1),
      offset: bytes,
      bytes: wholeNumber(1).refine((count) => count <= 8),
      endian: endian.default('big'),
      /** §4 gives a default for words only: see `framings.ts`. */
      inclusive: z.boolean().optional(),
      adjust: integer.default(0),
      valid: z.strictObject({ offset: bytes, hex: z.string().regex(/^(?:[0-9A-Fa-f]{2})+$/) }).optional(),
    }),
    ...cuts,
  }),
  z.strictObject({
    format: z.literal('length-field'),
    field: z.string(),
    adjust: integer.default(0),
    map: textMap(bytes).optional(),
    ...cuts,
  }),
  z.strictObject({ format: z.literal('odo'), ...cuts }),
  z.strictObject({ format: z.literal('text'), ...cuts }),
]);

/** How the records of a record case lie in its file (§4). */
export type Framing = z.output<typeof framing>;
export type WordFraming = z.output<typeof word>;

/** A dialect, every member of it (§3); what a name stands for is fixed by the format, not by the product. */
const dialect = z.preprocess(
  (given) => (typeof given === 'string' ? new Map([['base', given]]) : given),
  z.preprocess(
    plainObject,
    z.strictObject({
      base: z.enum(['ibm', 'gnucobol', 'microfocus']).default('ibm'),
      binary_size: binarySize.optional(),
      comp5_size: binarySize.optional(),
      sync: z.enum(['ibm', 'natural', 'none']).optional(),
      comp5_order: endian.optional(),
      ascii_sign: z.enum(['ebcdic', 'microfocus', 'fujitsu']).optional(),
      pointer: wholeNumber(4)
        .refine((value): value is 4 | 8 => value === 4 || value === 8)
        .optional(),
    }),
  ),
);
export type CaseDialect = z.output<typeof dialect>;

const viewRule = z.preprocess(plainObject, z.strictObject({ by: z.string(), views: textMap(oneOrMore(z.string())) }));
export type ViewRule = z.output<typeof viewRule>;

const recordCase = z.preprocess(
  plainObject,
  z.strictObject({
    source: z.unknown().optional(),
    license: z.unknown().optional(),
    note: z.unknown().optional(),
    rows: bytes.optional(),
    records: bytes.optional(),
    skip: bytes.default(0),
    sort: names.default([]),
    copybook: z
      .preprocess(
        plainObject,
        z.strictObject({
          source_format: z.enum(['fixed', 'free', 'auto']).default('auto'),
          record: z.string().optional(),
          decimal_point: z.enum(['period', 'comma']).default('period'),
        }),
      )
      .default({ source_format: 'auto', decimal_point: 'period' }),
    dialect: dialect.default({ base: 'ibm' }),
    framing: z.preprocess(framingObject, framing).default({
      format: 'fixed',
      file_header: 0,
      file_trailer: 0,
      record_prefix: 0,
      record_suffix: 0,
    }),
    encoding: z.enum(['ebcdic', 'ascii']).default('ebcdic'),
    charset: z.string().optional(),
    charset_overrides: z.map(z.string().regex(/^[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2})?$/), z.string()).optional(),
    national: z.enum(['utf-16be', 'utf-16le']).default('utf-16be'),
    trim: z.enum(['both', 'left', 'right', 'none']).default('both'),
    floats: z.enum(['ibm-be', 'ibm-le', 'ieee-be', 'ieee-le']).default('ibm-be'),
    odo: z.enum(['maximum', 'shifted', 'padded']).default('maximum'),
    redefines: oneOrMore(viewRule).default([]),
    filler_groups: z.enum(['drop', 'hoist']).default('drop'),
    root: z.enum(['drop', 'keep']).default('drop'),
    filter: textMap(oneOrMore(valueText)).optional(),
    compare: z.enum(['all', 'listed']).default('all'),
    ignore: names.default([]),
    absent_numbers: z.enum(['zero']).optional(),
    raw_suffix: z.string().min(1).optional(),
    blank_digits: z.enum(['ignore']).optional(),
    odo_counts: textMap(textMap(bytes)).optional(),
  }),
);

/** A record case as `case.json` describes it, defaults filled in (§1–§6, §12). */
export type RecordCase = z.output<typeof recordCase>;

/** Read a `case.json`. Throws an UnknownKeyError that names the key. */
export function parseRecordCase(json: ExactJson): RecordCase {
  return check(recordCase, looseMaps(json));
}

/** Read a dialect, a name or an object. Throws an UnknownKeyError that names the key. */
export function parseDialect(json: ExactJson): CaseDialect {
  return check(dialect, looseMaps(json), 'dialect');
}

/** Check a value against a schema made here. Throws an UnknownKeyError that names the first key that does not fit. */
export function check<T extends z.ZodType>(schema: T, value: unknown, at = ''): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (more: readonly PropertyKey[]): string =>
    [...(at === '' ? [] : [at]), ...more.map(String)].join('.') || 'the whole';
  if (issue === undefined) throw new UnknownKeyError(path([]), 'unknown');
  if (issue.code === 'unrecognized_keys')
    throw new UnknownKeyError(path([...issue.path, issue.keys[0] ?? '']), 'unknown key');
  throw new UnknownKeyError(path(issue.path), `unknown value (${issue.message})`);
}

/** Turn exact JSON into arrays, Maps, strings, booleans, `null` and ExactNumbers; a Map has no `__proto__` to stumble over. */
export function looseMaps(json: ExactJson): unknown {
  if (json instanceof ExactObject) {
    const map = new Map<string, unknown>();
    for (const [key, member] of json.entries) {
      if (map.has(key)) throw new UnknownKeyError(key, 'stands twice');
      map.set(key, looseMaps(member));
    }
    return map;
  }
  return Array.isArray(json) ? json.map(looseMaps) : json;
}

/** A Map as an object without prototype, for `z.strictObject`; anything else as it is. */
export function plainObject(given: unknown): unknown {
  if (!(given instanceof Map)) return given;
  const object = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of given) object[String(key)] = value;
  return object;
}

function framingObject(given: unknown): unknown {
  const object = plainObject(given);
  if (!(given instanceof Map)) return object;
  const inner = object as Record<string, unknown>;
  inner['format'] ??= 'fixed';
  for (const key of ['bdw', 'rdw', 'header']) if (key in inner) inner[key] = plainObject(inner[key]);
  const header = inner['header'];
  if (typeof header === 'object' && header !== null && 'valid' in header) header.valid = plainObject(header.valid);
  return inner;
}

/** A JSON number that is whole and not below a minimum. */
export function wholeNumber(minimum: number): z.ZodPipe<z.ZodCustom<ExactNumber>, z.ZodTransform<number, ExactNumber>> {
  return z
    .custom<ExactNumber>(
      (value) => value instanceof ExactNumber && inRange(value.text, minimum),
      `a whole number from ${minimum}`,
    )
    .transform((value) => Number(value.text));
}

function inRange(text: string, minimum: number): boolean {
  return /^-?[0-9]+(?:\.0+)?$/.test(text) && Number.isSafeInteger(Number(text)) && Number(text) >= minimum;
}
