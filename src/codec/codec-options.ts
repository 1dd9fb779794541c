import { z } from 'zod';
import { printable } from '../bytes/printable.ts';
import {
  type AsciiSign,
  type DialectOptions,
  type FloatFormat,
  type OdoRule,
  resolveDialect,
} from '../copybook/dialect.ts';
import type { Layout } from '../copybook/layout.ts';
import type { ParseOptions } from '../copybook/parse-options.ts';
import { OverpunchError } from '../errors.ts';

/** What `parseCopybook` and `layoutOf` are told, so that all three can be given the same options. */
type LayoutOptions = {
  readonly [Name in SourceMember]?: ParseOptions[Name] | undefined;
} & { readonly [Name in 'dialect' | LayoutMember]?: DialectOptions[Name] | undefined };

/** Settled when the copybook is parsed. */
type SourceMember = 'sourceFormat' | 'decimalComma' | 'currency';

/** Members of a dialect that are settled once there is a layout. */
type LayoutMember = 'binarySize' | 'comp5Size' | 'comp5Order' | 'sync' | 'pointerSize';
const layoutMembers: readonly LayoutMember[] = ['binarySize', 'comp5Size', 'comp5Order', 'sync', 'pointerSize'];

/**
 * The decoding options of the command line under camelCase names. A list may be one string or an array of them.
 *
 * Options of copybook and layout may be among them, but must be those the layout was made with.
 */
export interface CodecOptions extends LayoutOptions {
  /** The 01 to read when the copybook has several. */
  readonly record?: string | undefined;
  /** `FIELD:V1,V2=RECORD`, tried in order. */
  readonly recordWhen?: string | readonly string[] | undefined;
  /** `FIELD:V1,V2=VIEW` or `REDEFINED=VIEW`, tried in order for each redefined area. */
  readonly view?: string | readonly string[] | undefined;
  /** Areas without a rule. Default `good`: every view that reads without error. */
  readonly views?: 'good' | 'all' | 'first' | undefined;
  /** Default `cp037`. */
  readonly codepage?: string | undefined;
  /** Default: the dialect's. */
  readonly floats?: FloatFormat | undefined;
  /** Default: the dialect's. */
  readonly trunc?: 'std' | 'bin' | undefined;
  /** Default `utf-16be`. */
  readonly national?: 'utf-16be' | 'utf-16le' | undefined;
  readonly nel?: 'nel' | 'lf' | undefined;
  /** Default: the dialect's. */
  readonly asciiSign?: AsciiSign | undefined;
  /** Default: the dialect's. */
  readonly odo?: OdoRule | undefined;
  /** `lenient` ignores the zones of digits that carry no sign. Default `strict`. */
  readonly zoned?: 'strict' | 'lenient' | undefined;
  /** What a blank numeric field means. Default `null`. */
  readonly blank?: 'null' | 'zero' | 'error' | undefined;
  readonly edited?: 'text' | 'number' | undefined;
  /** Decides what a record that is too short means. Default `fixed`. */
  readonly format?: 'fixed' | 'rdw' | 'bdw' | 'text' | 'quarantine' | 'capture' | 'frames' | undefined;
  readonly trim?: 'right' | 'none' | 'left' | 'both' | 'nul' | undefined;
  readonly names?: 'cobol' | 'camel' | 'snake' | undefined;
  readonly numbers?: 'exact' | 'string' | 'bigint' | 'number' | undefined;
  /** Whether elementary FILLER is left out (default `drop`) or output as `FILLER-n` (`keep` or `true`). */
  readonly filler?: 'drop' | 'keep' | boolean | undefined;
  /** `NAME=codepage:…`, `blank:…`, `trim:…`, `scale:…`, `hex`, `bits`, `string` or `packed-unsigned`; the later wins. */
  readonly field?: string | readonly string[] | undefined;
  /** Names: only these are output. */
  readonly select?: string | readonly string[] | undefined;
}

/** CodecOptions with every default filled in and every list an array. */
export interface ResolvedOptions {
  readonly record: string | null;
  readonly recordWhen: readonly string[];
  readonly view: readonly string[];
  readonly views: 'good' | 'all' | 'first';
  readonly codepage: string;
  readonly floats: FloatFormat;
  readonly trunc: 'std' | 'bin';
  readonly national: 'utf-16be' | 'utf-16le';
  readonly nel: 'nel' | 'lf';
  readonly asciiSign: AsciiSign;
  readonly odo: OdoRule;
  readonly zoned: 'strict' | 'lenient';
  readonly blank: 'null' | 'zero' | 'error';
  readonly edited: 'text' | 'number';
  readonly format: 'fixed' | 'rdw' | 'bdw' | 'text' | 'quarantine' | 'capture' | 'frames';
  readonly trim: 'right' | 'none' | 'left' | 'both' | 'nul';
  readonly names: 'cobol' | 'camel' | 'snake';
  readonly numbers: 'exact' | 'string' | 'bigint' | 'number';
  readonly filler: 'drop' | 'keep';
  readonly field: readonly string[];
  readonly select: readonly string[];
}

const list = z
  .union([z.string().transform((text) => [text]), z.array(z.string())])
  .optional()
  .transform((texts) => texts ?? []);
const schema = z.strictObject({
  record: z.string().optional(),
  recordWhen: list,
  view: list,
  views: z.enum(['good', 'all', 'first']).default('good'),
  codepage: z.string().default('cp037'),
  floats: z.enum(['hex', 'hex-le', 'ieee-be', 'ieee-le']).optional(),
  trunc: z.enum(['std', 'bin']).optional(),
  national: z.enum(['utf-16be', 'utf-16le']).default('utf-16be'),
  nel: z.enum(['nel', 'lf']).default('nel'),
  asciiSign: z.enum(['ebcdic', 'microfocus', 'fujitsu']).optional(),
  odo: z.enum(['maximum', 'shifted', 'padded']).optional(),
  zoned: z.enum(['strict', 'lenient']).default('strict'),
  blank: z.enum(['null', 'zero', 'error']).default('null'),
  edited: z.enum(['text', 'number']).default('text'),
  format: z.enum(['fixed', 'rdw', 'bdw', 'text', 'quarantine', 'capture', 'frames']).default('fixed'),
  trim: z.enum(['right', 'none', 'left', 'both', 'nul']).default('right'),
  names: z.enum(['cobol', 'camel', 'snake']).default('cobol'),
  numbers: z.enum(['exact', 'string', 'bigint', 'number']).default('exact'),
  filler: z
    .union([z.enum(['drop', 'keep']), z.boolean().transform((keep) => (keep ? 'keep' : 'drop'))])
    .default('drop'),
  field: list,
  select: list,
});
const anything = z.unknown().optional();
const layoutSchema = z.object({
  sourceFormat: anything,
  decimalComma: anything,
  currency: anything,
  dialect: z.enum(['ibm', 'gnucobol', 'microfocus']).optional(),
  binarySize: z.enum(['2-4-8', '1-2-4-8', '1--8']).optional(),
  comp5Size: z.enum(['2-4-8', '1-2-4-8', '1--8']).optional(),
  comp5Order: z.enum(['big', 'little']).optional(),
  sync: z.enum(['ibm', 'natural', 'none']).optional(),
  pointerSize: z.union([z.literal(4), z.literal(8)]).optional(),
});

/** Check options and fill in the defaults, those of the dialect from the layout. Throws USAGE. */
export function resolveOptions(layout: Layout, options: CodecOptions): ResolvedOptions {
  const own = Object.fromEntries(Object.entries(options).filter(([name]) => !Object.hasOwn(layoutSchema.shape, name)));
  checkLayoutOptions(layout, options);
  const data = checked(schema, own);
  return {
    ...data,
    record: data.record ?? null,
    floats: data.floats ?? layout.dialect.floats,
    trunc: data.trunc ?? layout.dialect.trunc,
    asciiSign: data.asciiSign ?? layout.dialect.asciiSign,
    odo: data.odo ?? layout.dialect.odo,
  };
}

/** Refuse options that would have given another layout. */
function checkLayoutOptions(layout: Layout, options: CodecOptions): void {
  const given = checked(layoutSchema, options);
  const names = layoutMembers.filter((name) => given[name] !== undefined || given.dialect !== undefined);
  if (names.length === 0) return;
  const wanted = given.dialect === undefined ? layout.dialect : resolveDialect({ dialect: given.dialect });
  for (const name of names) {
    if ((given[name] ?? wanted[name]) === layout.dialect[name]) continue;
    throw new OverpunchError('USAGE', `the layout was made with ${name} ${layout.dialect[name]}`, {
      hint: 'give layoutOf the same options',
    });
  }
}

function checked<T>(rules: z.ZodType<T>, options: unknown): T {
  const parsed = rules.safeParse(options);
  if (parsed.success) return parsed.data;
  const texts = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'options'}: ${issue.message}`);
  throw new OverpunchError('USAGE', printable(texts.join('; ')));
}
