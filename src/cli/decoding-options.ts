import type {
  AsciiSign,
  BinarySize,
  ByteOrder,
  DialectName,
  FloatFormat,
  OdoRule,
  SyncRule,
} from '../copybook/dialect.ts';
import {
  choice,
  flag,
  integer,
  list,
  maybeChoice,
  numberChoice,
  type OptionDefinition,
  text,
} from './option-definition.ts';

/** What the commands that read frames can be told, as given: what is absent has its default. */
export interface DecodingOptions {
  readonly copybook?: readonly string[];
  readonly include?: readonly string[];
  readonly sourceFormat?: 'auto' | 'fixed' | 'free';
  readonly decimalComma?: boolean;
  readonly currency?: string;
  readonly record?: string;
  readonly recordWhen?: readonly string[];
  readonly view?: readonly string[];
  readonly views?: 'good' | 'all' | 'first';
  readonly codepage?: string;
  readonly nel?: 'nel' | 'lf';
  readonly national?: 'utf-16be' | 'utf-16le';
  readonly dialect?: DialectName;
  readonly binarySize?: BinarySize;
  readonly comp5Size?: BinarySize;
  readonly comp5Order?: ByteOrder;
  readonly sync?: SyncRule;
  readonly floats?: FloatFormat;
  readonly pointerSize?: 4 | 8;
  readonly trunc?: 'std' | 'bin';
  readonly asciiSign?: AsciiSign;
  readonly odo?: OdoRule;
  readonly zoned?: 'strict' | 'lenient';
  readonly blank?: 'null' | 'zero' | 'error';
  readonly edited?: 'text' | 'number';
  readonly format?: 'fixed' | 'rdw' | 'bdw' | 'text' | 'quarantine';
  readonly recfm?: 'fb' | 'vb';
  readonly lrecl?: number;
  readonly recordLength?: string;
  readonly rdwEndian?: ByteOrder;
  readonly rdwInclusive?: boolean;
  readonly rdwPosition?: 0 | 2;
  readonly rdwAdjustment?: number;
  readonly skipFileStart?: number;
  readonly skipFileEnd?: number;
  readonly skipRecordStart?: number;
  readonly skipRecordEnd?: number;
  readonly trim?: 'right' | 'none' | 'left' | 'both' | 'nul';
  readonly names?: 'cobol' | 'camel' | 'snake';
  readonly numbers?: 'exact' | 'string' | 'bigint' | 'number';
  readonly filler?: 'keep' | 'drop';
  readonly field?: readonly string[];
  readonly select?: readonly string[];
  readonly where?: readonly string[];
  readonly skip?: number;
  readonly limit?: number;
  readonly to?: 'jsonl' | 'json' | 'csv';
  readonly output?: string;
  readonly split?: boolean;
  readonly csvSafe?: boolean;
  readonly meta?: boolean;
  readonly raw?: boolean;
  readonly engine?: 'reference' | 'compiled';
  readonly workers?: number;
  readonly quarantine?: string;
  readonly strict?: 'errors' | 'notes';
  readonly maxErrors?: number;
}

/** A definition for each option of a command. */
export type OptionTable<T> = { readonly [Name in keyof T]-?: OptionDefinition<NonNullable<T[Name]>> };

const ofDialect = { standard: 'of the dialect' };

/** Every decoding option. Its name on the command line is the member in kebab case: `rdwEndian` is `--rdw-endian`. */
export const decodingOptions: OptionTable<DecodingOptions> = {
  copybook: list('Copybook', 'FILE', 'copybook that describes the records', { alias: 'c', path: true }),
  include: list('Copybook', 'DIR', 'folder with COPY members', {
    alias: 'I',
    standard: "the copybook's folder",
    path: true,
  }),
  sourceFormat: choice('Copybook', ['auto', 'fixed', 'free'], 'column rules of the copybook', { standard: 'auto' }),
  decimalComma: flag('Copybook', 'DECIMAL-POINT IS COMMA', { standard: 'what SPECIAL-NAMES says' }),
  currency: text('Copybook', 'SIGN', 'currency sign of pictures', { standard: '$' }),

  record: text('Records and views', 'NAME', 'the 01 to use, when there are several'),
  recordWhen: list('Records and views', 'FIELD:V1,V2=NAME', 'the 01 to use when FIELD has one of these values'),
  view: list(
    'Records and views',
    'FIELD:V1,V2=VIEW',
    'the REDEFINES view when FIELD has one of these values; REDEFINED=VIEW for always',
  ),
  views: choice('Records and views', ['good', 'all', 'first'], 'views shown where no --view decides', {
    standard: 'good',
  }),

  codepage: text('What bytes mean', 'NAME', 'code page of text: cp037, cp500, cp1140, ascii, utf8, …', {
    standard: 'cp037',
  }),
  nel: choice('What bytes mean', ['nel', 'lf'], "X'15' is U+0085 (nel) or U+000A (lf), X'25' the other", {
    standard: 'nel',
  }),
  national: choice('What bytes mean', ['utf-16be', 'utf-16le'], 'contents of PIC N', { standard: 'utf-16be' }),
  dialect: choice('What bytes mean', ['ibm', 'gnucobol', 'microfocus'], 'compiler that laid the records out', {
    standard: 'ibm',
  }),
  binarySize: choice('What bytes mean', ['2-4-8', '1-2-4-8', '1--8'], 'bytes of COMP and BINARY', ofDialect),
  comp5Size: choice('What bytes mean', ['2-4-8', '1-2-4-8', '1--8'], 'bytes of COMP-5', ofDialect),
  comp5Order: choice('What bytes mean', ['big', 'little'], 'byte order of COMP-5', ofDialect),
  sync: choice('What bytes mean', ['ibm', 'natural', 'none'], 'boundaries of SYNCHRONIZED items', ofDialect),
  floats: choice('What bytes mean', ['hex', 'hex-le', 'ieee-be', 'ieee-le'], 'COMP-1 and COMP-2', ofDialect),
  pointerSize: numberChoice('What bytes mean', [4, 8], 'bytes of POINTER', ofDialect),
  trunc: choice('What bytes mean', ['std', 'bin'], 'whether COMP keeps to its picture', ofDialect),
  asciiSign: choice(
    'What bytes mean',
    ['ebcdic', 'microfocus', 'fujitsu'],
    'sign of zoned numbers in ASCII data',
    ofDialect,
  ),
  odo: choice(
    'What bytes mean',
    ['maximum', 'shifted', 'padded'],
    'how OCCURS DEPENDING ON tables lie in the record',
    ofDialect,
  ),
  zoned: choice('What bytes mean', ['strict', 'lenient'], 'zones of digits that carry no sign', { standard: 'strict' }),
  blank: choice('What bytes mean', ['null', 'zero', 'error'], 'numeric fields that are blank or low-values', {
    standard: 'null',
  }),
  edited: choice('What bytes mean', ['text', 'number'], 'numeric-edited fields', { standard: 'text' }),

  format: choice('Framing', ['fixed', 'rdw', 'bdw', 'text', 'quarantine'], 'how records lie in the file', {
    standard: 'fixed',
  }),
  recfm: choice('Framing', ['fb', 'vb'], 'FB is --format fixed, VB is --format rdw'),
  lrecl: integer('Framing', 'BYTES', 1, 'record length as in a DCB; under VB with the 4 bytes of the RDW'),
  recordLength: text(
    'Framing',
    'BYTES|FIELD|odo',
    'length of fixed records: a number, the field that holds it, or from the counters',
    {
      standard: 'of the layout',
    },
  ),
  rdwEndian: choice('Framing', ['big', 'little'], 'byte order of descriptor words', { standard: 'big' }),
  rdwInclusive: flag('Framing', 'the length counts the word itself', { standard: 'yes; no under little' }),
  rdwPosition: numberChoice('Framing', [0, 2], 'first byte of the length in the word', {
    standard: '0; 2 under little',
  }),
  rdwAdjustment: integer('Framing', 'N', Number.NEGATIVE_INFINITY, 'added to the length', { standard: '0' }),
  skipFileStart: integer('Framing', 'BYTES', 0, 'passed over at the start of each file', { standard: '0' }),
  skipFileEnd: integer('Framing', 'BYTES', 0, 'passed over at the end of each file', { standard: '0' }),
  skipRecordStart: integer('Framing', 'BYTES', 0, 'passed over at the start of each record', { standard: '0' }),
  skipRecordEnd: integer('Framing', 'BYTES', 0, 'passed over at the end of each record', { standard: '0' }),

  trim: choice('Values', ['right', 'none', 'left', 'both', 'nul'], 'blanks cut off text', { standard: 'right' }),
  names: choice('Values', ['cobol', 'camel', 'snake'], 'names of members', { standard: 'cobol' }),
  numbers: choice('Values', ['exact', 'string', 'bigint', 'number'], 'how numbers are given', { standard: 'exact' }),
  filler: maybeChoice('Values', ['keep', 'drop'], 'elementary FILLER as FILLER-n; dropped unless told'),
  field: list(
    'Values',
    'NAME=OPTION',
    'codepage:…, blank:…, scale:N, hex, bits, string or packed-unsigned for one field',
  ),

  select: list('Which records', 'NAME', 'only these fields; several are separated by commas'),
  where: list('Which records', "'FIELD OP VALUE'", 'only records where this is true; OP is =, !=, <, > or in'),
  skip: integer('Which records', 'N', 0, 'pass over the first N records', { standard: '0' }),
  limit: integer('Which records', 'N', 0, 'stop after N records'),

  to: choice('Output', ['jsonl', 'json', 'csv'], 'form of the output', { standard: 'jsonl' }),
  output: text('Output', 'FILE', 'write there, complete or not at all', {
    alias: 'o',
    standard: 'standard output',
    path: true,
  }),
  split: flag('Output', 'one CSV file per view or record type, FILE-VIEW.csv'),
  csvSafe: flag('Output', 'keep spreadsheets from running text as formulas'),
  meta: flag('Output', 'put _file, _record, _offset, _length, _view and _issues first'),
  raw: flag('Output', "add _raw, the record's bytes in hexadecimal"),
  engine: choice(
    'Output',
    ['reference', 'compiled'],
    'decoder: the plain one, or one made for the layout; the output is the same',
    {
      standard: 'compiled where it can be',
    },
  ),
  workers: integer('Output', 'N', 1, 'threads that decode a large file together, at most 64; the output is the same', {
    standard: '1',
  }),

  quarantine: text('Bad records', 'FILE', 'put bad records there, to be read again with --format quarantine', {
    path: true,
  }),
  strict: maybeChoice('Bad records', ['errors', 'notes'], 'stop at the first record that has one'),
  maxErrors: integer('Bad records', 'N', 1, 'stop after N bad records'),
};
