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
import { anything, list, oneOf, readByRules, text } from './option-rules.ts';

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

const layoutRules = {
  sourceFormat: anything,
  decimalComma: anything,
  currency: anything,
  dialect: oneOf('ibm', 'gnucobol', 'microfocus'),
  binarySize: oneOf('2-4-8', '1-2-4-8', '1--8'),
  comp5Size: oneOf('2-4-8', '1-2-4-8', '1--8'),
  comp5Order: oneOf('big', 'little'),
  sync: oneOf('ibm', 'natural', 'none'),
  pointerSize: oneOf(4, 8),
};
const rules = {
  record: text,
  recordWhen: list,
  view: list,
  views: oneOf('good', 'all', 'first'),
  codepage: text,
  floats: oneOf('hex', 'hex-le', 'ieee-be', 'ieee-le'),
  trunc: oneOf('std', 'bin'),
  national: oneOf('utf-16be', 'utf-16le'),
  nel: oneOf('nel', 'lf'),
  asciiSign: oneOf('ebcdic', 'microfocus', 'fujitsu'),
  odo: oneOf('maximum', 'shifted', 'padded'),
  zoned: oneOf('strict', 'lenient'),
  blank: oneOf('null', 'zero', 'error'),
  edited: oneOf('text', 'number'),
  format: oneOf('fixed', 'rdw', 'bdw', 'text', 'quarantine', 'capture', 'frames'),
  trim: oneOf('right', 'none', 'left', 'both', 'nul'),
  names: oneOf('cobol', 'camel', 'snake'),
  numbers: oneOf('exact', 'string', 'bigint', 'number'),
  filler: oneOf<'drop' | 'keep' | boolean>('drop', 'keep', true, false),
  field: list,
  select: list,
};

/** Check options and fill in the defaults, those of the dialect from the layout. Throws USAGE. */
export function resolveOptions(layout: Layout, options: CodecOptions): ResolvedOptions {
  const given = readByRules({ ...layoutRules, ...rules }, options);
  checkLayoutOptions(layout, given);
  const { filler = 'drop' } = given;
  return {
    record: given.record ?? null,
    recordWhen: given.recordWhen ?? [],
    view: given.view ?? [],
    views: given.views ?? 'good',
    codepage: given.codepage ?? 'cp037',
    floats: given.floats ?? layout.dialect.floats,
    trunc: given.trunc ?? layout.dialect.trunc,
    national: given.national ?? 'utf-16be',
    nel: given.nel ?? 'nel',
    asciiSign: given.asciiSign ?? layout.dialect.asciiSign,
    odo: given.odo ?? layout.dialect.odo,
    zoned: given.zoned ?? 'strict',
    blank: given.blank ?? 'null',
    edited: given.edited ?? 'text',
    format: given.format ?? 'fixed',
    trim: given.trim ?? 'right',
    names: given.names ?? 'cobol',
    numbers: given.numbers ?? 'exact',
    filler: typeof filler === 'string' ? filler : filler ? 'keep' : 'drop',
    field: given.field ?? [],
    select: given.select ?? [],
  };
}

/** Refuse options that would have given another layout. */
function checkLayoutOptions(layout: Layout, given: Pick<CodecOptions, 'dialect' | LayoutMember>): void {
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
