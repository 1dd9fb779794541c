import { binaryLength, fewestBytes } from './binary-length.ts';
import { CopybookError } from './copybook-error.ts';
import type { Dialect } from './dialect.ts';
import type { FieldType } from './layout.ts';
import { type PictureOptions, parsePicture } from './parse-picture.ts';
import type { Picture } from './picture.ts';
import { refuseEntry } from './refuse-entry.ts';
import type { DataEntry, SignClause, Usage } from './syntax.ts';

/** The clauses an elementary item works with once those of its groups are inherited. */
export interface EffectiveClauses {
  readonly usage: Usage | null;
  /** Its own SIGN clause: a SEPARATE one takes a byte even when the picture has no S. */
  readonly sign: SignClause | null;
  /** The SIGN clause of a group around it, which holds for signed items only. */
  readonly groupSign: SignClause | null;
}

/** The type and size of an elementary item. */
export interface SizedType {
  readonly type: FieldType;
  readonly bits: number;
  /** USAGE in its standard spelling, the one that holds. */
  readonly usage: Usage;
}

const binaryUsages: ReadonlyMap<Usage, number> = new Map<Usage, number>([
  ['BINARY-CHAR', 1],
  ['BINARY-SHORT', 2],
  ['BINARY-LONG', 4],
  ['BINARY-DOUBLE', 8],
]);

/**
 * Decide what an elementary item holds and how many bits it takes (DECODING, "Numbers": sizes by dialect).
 *
 * Throws a CopybookError when the picture is missing, unexpected or does not go with the usage.
 */
export function fieldType(
  entry: DataEntry,
  clauses: EffectiveClauses,
  dialect: Dialect,
  options: PictureOptions,
): SizedType {
  const usage = clauses.usage;
  const bytes = (type: FieldType, length: number, actual: Usage): SizedType => ({
    type,
    bits: 8 * length,
    usage: actual,
  });
  if (usage === 'COMP-1' || usage === 'COMP-2') {
    refusePicture(entry, usage);
    return bytes({ kind: 'float' }, usage === 'COMP-1' ? 4 : 8, usage);
  }
  if (usage === 'INDEX' || usage === 'POINTER') {
    refusePicture(entry, usage);
    return bytes(nativeBinary(dialect, usage === 'INDEX'), usage === 'INDEX' ? 4 : dialect.pointerSize, usage);
  }
  const fixedLength = usage === null ? undefined : binaryUsages.get(usage);
  if (usage !== null && fixedLength !== undefined) {
    refusePicture(entry, usage);
    return bytes(nativeBinary(dialect, !entry.unsigned), fixedLength, usage);
  }
  if (entry.picture === null) {
    refuseEntry(
      entry,
      'MISSING_PICTURE',
      'has no PICTURE and nothing below it',
      'PIC and a character-string, or entries with a higher level below it',
    );
  }
  const picture = parsePicture(entry.picture.text, entry.picture.position, options);
  switch (picture.category) {
    case 'numeric':
      return numericType(entry, picture, usage ?? 'DISPLAY', clauses, dialect);
    case 'dbcs':
      checkUsage(entry, picture, usage, ['DISPLAY-1']);
      return bytes({ kind: 'text', encoding: 'dbcs', justified: entry.justified }, 2 * picture.size, 'DISPLAY-1');
    case 'national':
      checkUsage(entry, picture, usage, ['NATIONAL', 'DISPLAY-1']);
      return bytes(
        { kind: 'text', encoding: usage === 'DISPLAY-1' ? 'dbcs' : 'national', justified: entry.justified },
        2 * picture.size,
        usage ?? 'NATIONAL',
      );
    case 'utf8':
      checkUsage(entry, picture, usage, ['UTF-8']);
      return bytes(
        { kind: 'text', encoding: 'utf8', justified: entry.justified },
        entry.byteLength ?? 4 * picture.size,
        'UTF-8',
      );
    case 'boolean':
      checkUsage(entry, picture, usage, ['BIT', 'DISPLAY', 'NATIONAL']);
      if (usage === 'BIT') return { type: { kind: 'bits', bits: picture.size }, bits: picture.size, usage };
      return textType(entry, picture, usage ?? 'DISPLAY');
    case 'alphabetic':
    case 'alphanumeric':
      if (usage === 'COMP-5' || usage === 'COMP-X') return xBinary(entry, picture, usage, dialect);
      checkUsage(entry, picture, usage, ['DISPLAY']);
      return textType(entry, picture, 'DISPLAY');
    default:
      return editedType(entry, picture, usage, clauses);
  }
}

function textType(entry: DataEntry, picture: Picture, usage: Usage): SizedType {
  const national = usage === 'NATIONAL';
  return {
    type: { kind: 'text', encoding: national ? 'national' : 'single-byte', justified: entry.justified },
    bits: 8 * picture.size * (national ? 2 : 1),
    usage,
  };
}

function editedType(entry: DataEntry, picture: Picture, usage: Usage | null, clauses: EffectiveClauses): SizedType {
  const national = usage === 'NATIONAL' || picture.category === 'national-edited';
  checkUsage(entry, picture, usage, ['DISPLAY', 'NATIONAL']);
  const separate = picture.signed && clauses.sign?.separate === true ? 1 : 0;
  const type: FieldType = {
    kind: 'edited',
    encoding: national ? 'national' : 'single-byte',
    numeric: picture.category === 'numeric-edited',
    picture,
    blankWhenZero: entry.blankWhenZero,
    justified: entry.justified,
  };
  return {
    type,
    bits: 8 * (picture.size + separate) * (national ? 2 : 1),
    usage: national ? 'NATIONAL' : 'DISPLAY',
  };
}

function numericType(
  entry: DataEntry,
  picture: Picture,
  usage: Usage,
  clauses: EffectiveClauses,
  dialect: Dialect,
): SizedType {
  const { digits, precision, scale, signed } = picture;
  const sized = (type: FieldType, length: number): SizedType => ({ type, bits: 8 * length, usage });
  switch (usage) {
    case 'DISPLAY':
    case 'NATIONAL': {
      const sign = clauses.sign ?? (signed ? clauses.groupSign : null);
      const separate = sign?.separate === true;
      const national = usage === 'NATIONAL';
      if (national && signed && !separate) {
        refuseEntry(
          entry,
          'SIGN_UNSUITABLE',
          'is NATIONAL and signed without a sign of its own',
          'SIGN LEADING or TRAILING SEPARATE',
        );
      }
      const type: FieldType = {
        kind: 'zoned',
        encoding: national ? 'national' : 'single-byte',
        digits,
        precision,
        scale,
        signed,
        sign: sign?.placement ?? 'trailing',
        separate,
        blankWhenZero: entry.blankWhenZero,
      };
      return sized(type, (digits + (separate ? 1 : 0)) * (national ? 2 : 1));
    }
    case 'COMP-3':
      return sized({ kind: 'packed', digits, precision, scale, signed, signNibble: true }, Math.floor(digits / 2) + 1);
    case 'COMP-6':
      if (signed)
        refuseEntry(
          entry,
          'USAGE_PICTURE',
          'is COMP-6 and signed, but COMP-6 has no sign',
          'a picture without S, or COMP-3',
        );
      return sized({ kind: 'packed', digits, precision, scale, signed, signNibble: false }, Math.ceil(digits / 2));
    case 'COMP':
      return sized(
        { kind: 'binary', digits, precision, scale, signed, order: 'big', native: dialect.trunc === 'bin' },
        binaryLength(digits, signed, dialect.binarySize),
      );
    case 'COMP-5':
      return sized(
        { kind: 'binary', digits, precision, scale, signed, order: dialect.comp5Order, native: true },
        binaryLength(digits, signed, dialect.comp5Size),
      );
    case 'COMP-X':
      return sized(
        { kind: 'binary', digits, precision, scale, signed, order: 'big', native: true },
        fewestBytes(digits, signed),
      );
    default:
      return refuseEntry(
        entry,
        'USAGE_PICTURE',
        `is numeric, which does not go with USAGE ${usage}`,
        'DISPLAY, COMP, COMP-3, COMP-5, …',
      );
  }
}

/** `PIC X(n) COMP-5` and `COMP-X`: an unsigned integer of n bytes. */
function xBinary(entry: DataEntry, picture: Picture, usage: 'COMP-5' | 'COMP-X', dialect: Dialect): SizedType {
  if (picture.size > 16)
    refuseEntry(entry, 'USAGE_PICTURE', `is a binary integer of ${picture.size} bytes`, 'at most X(16)');
  const order = usage === 'COMP-5' ? dialect.comp5Order : 'big';
  return {
    type: { kind: 'binary', digits: 0, precision: 0, scale: 0, signed: false, order, native: true },
    bits: 8 * picture.size,
    usage,
  };
}

function nativeBinary(dialect: Dialect, signed: boolean): FieldType {
  return { kind: 'binary', digits: 0, precision: 0, scale: 0, signed, order: dialect.comp5Order, native: true };
}

function refusePicture(entry: DataEntry, usage: Usage): void {
  if (entry.picture === null) return;
  throw new CopybookError({
    code: 'UNEXPECTED_PICTURE',
    severity: 'error',
    position: entry.picture.position,
    message: `${entry.name ?? 'FILLER'} is ${usage}, which has no PICTURE`,
    expected: 'no PICTURE',
  });
}

function checkUsage(entry: DataEntry, picture: Picture, usage: Usage | null, allowed: readonly Usage[]): void {
  if (usage === null || allowed.includes(usage)) return;
  const expected = usage.startsWith('COMP')
    ? `a numeric picture, or USAGE ${allowed[0]}`
    : `USAGE ${allowed.join(' or ')}`;
  refuseEntry(
    entry,
    'USAGE_PICTURE',
    `has the picture ${picture.text}, which does not go with USAGE ${usage}`,
    expected,
  );
}
