import type { FieldType } from '../copybook/layout.ts';
import { isBlankNumeric } from '../ebcdic/is-blank-numeric.ts';
import type { NumericReading } from '../ebcdic/numeric-reading.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import { readBinary, readBinaryNumber } from '../ebcdic/read-binary.ts';
import { readBits, readSmallBits } from '../ebcdic/read-bits.ts';
import { readHexFloat } from '../ebcdic/read-hex-float.ts';
import { readIeeeFloat } from '../ebcdic/read-ieee-float.ts';
import { readNationalDigits } from '../ebcdic/read-national-digits.ts';
import { readPacked, readUnsignedPacked } from '../ebcdic/read-packed.ts';
import { readZoned } from '../ebcdic/read-zoned.ts';
import type { ResolvedOptions } from './codec-options.ts';
import type { FieldSettings } from './field-settings.ts';
import { noteText } from './note-text.ts';
import { bitsStyle, blankNumber, type NumberMaker, numberMaker, numberStyle, plainZero } from './number-value.ts';
import {
  hasPlainForm,
  type PlainNumber,
  type PlainReader,
  plainBits,
  plainPacked,
  plainReader,
  plainScalar,
  plainZoned,
} from './plain-number.ts';
import { type FieldReader, noProblems, note, type Problem, type Scalar, unreadable } from './scalar.ts';

type TypeOf<Kind extends FieldType['kind']> = Extract<FieldType, { kind: Kind }>;

/**
 * The plain way to read a zoned or packed item, or one of bits that begins at `bit` of its first byte; `null` for others, and where even what
 * is usual is more than digits.
 */
export function plainNumber(type: FieldType, settings: FieldSettings, bit: number): PlainNumber | null {
  if (settings.as !== 'item') return null;
  if (type.kind === 'zoned') return plainZonedNumber(type, settings);
  if (type.kind === 'packed') return plainPackedNumber(type, settings);
  return type.kind === 'bits' ? plainBitsNumber(type, settings, bit) : null;
}

function plainBitsNumber({ bits }: TypeOf<'bits'>, settings: FieldSettings, bit: number): PlainNumber | null {
  const scale = settings.scale ?? 0;
  const isUsual = bitsStyle(bits, settings) === 'number' && bits <= mostPlainBits && hasPlainForm(0, scale);
  return isUsual ? plainBits(bit, bits, scale) : null;
}

function plainZonedNumber(type: TypeOf<'zoned'>, settings: FieldSettings): PlainNumber | null {
  const { family } = codePage(settings.codepage);
  const { signed, scale } = type;
  const simple =
    type.encoding !== 'national' &&
    !type.separate &&
    !type.blankWhenZero &&
    (family === 'ebcdic' ? type.sign === 'trailing' || !signed : !signed);
  if (!simple || !isPlain(type, settings)) return null;
  return plainZoned(family === 'ebcdic' ? 0xf0 : 0x30, signed, scale);
}

function plainPackedNumber(type: TypeOf<'packed'>, settings: FieldSettings): PlainNumber | null {
  if (!type.signNibble || !isPlain(type, settings)) return null;
  return plainPacked(type.digits, type.signed, type.scale);
}

function isPlain(type: TypeOf<'zoned' | 'packed'>, { numbers }: FieldSettings): boolean {
  return numberStyle(type, 0, numbers, false) === 'number' && hasPlainForm(type.digits, type.scale);
}

/** Make the reader of a numeric DISPLAY or NATIONAL item. */
export function zonedReader(type: TypeOf<'zoned'>, settings: FieldSettings, options: ResolvedOptions): FieldReader {
  const style = numberStyle(type, 0, settings.numbers, false);
  const make = numberMaker(type.scale, style);
  const page = codePage(settings.codepage);
  const national = type.encoding === 'national';
  const data = national ? 'ascii' : page.family;
  const blank = data === 'ascii' ? 0x20 : 0x40;
  const order = options.national === 'utf-16be' ? 'big' : 'little';
  const zoned = { ...type, data, asciiSign: options.asciiSign, zoned: options.zoned } as const;
  const usual = plainZonedNumber(type, settings);
  const plain = usual === null ? noPlain : plainReader(usual);
  return (bytes, start, end) => {
    const scalar = plain(bytes, start, end);
    if (scalar !== null) return scalar;
    const field = national ? readNationalDigits(bytes.subarray(start, end), order) : bytes.subarray(start, end);
    const first = field[0];
    if ((first === blank || first === 0) && isBlankNumeric(field, blank)) {
      return type.blankWhenZero && first === blank ? plainZero(make) : blankNumber(settings.blank, make);
    }
    const reading = readZoned(field, zoned);
    const found = numericScalar(reading, make);
    if (type.blankWhenZero && !('error' in reading) && isZero(reading.digits)) {
      const problem = note('BLANK_WHEN_ZERO_DIGITS', 'blanks, as BLANK WHEN ZERO writes a zero');
      return { ...found, problems: [...found.problems, problem] };
    }
    return found;
  };
}

/** Make the reader of a COMP-3 or COMP-6 item. */
export function packedReader(type: TypeOf<'packed'>, settings: FieldSettings): FieldReader {
  const style = numberStyle(type, 0, settings.numbers, false);
  const make = numberMaker(type.scale, style);
  if (!type.signNibble) {
    return (bytes, start, end) => numericScalar(readUnsignedPacked(bytes.subarray(start, end), type), make);
  }
  const blank = codePage(settings.codepage).family === 'ascii' ? 0x20 : 0x40;
  const usual = plainPackedNumber(type, settings);
  const plain = usual === null ? noPlain : plainReader(usual);
  return (bytes, start, end) => {
    const scalar = plain(bytes, start, end);
    if (scalar !== null) return scalar;
    const field = bytes.subarray(start, end);
    const first = field[0];
    if ((first === blank || first === 0) && isBlankNumeric(field, blank)) return blankNumber(settings.blank, make);
    return numericScalar(readPacked(field, type), make);
  };
}

const mostPlainBits = 49; // 2⁴⁹ − 1 has 15 digits
const noPlain: PlainReader = () => null;

/** Make the reader of bytes that hold two digits each and no sign, whatever the copybook says they are. */
export function packedUnsignedReader(type: FieldType, length: number, settings: FieldSettings): FieldReader {
  const scale = settings.scale ?? ('scale' in type ? type.scale : 0);
  const precision = Math.max(2 * length, 2 * length - scale, scale);
  const make = numberMaker(scale, numberStyle({ kind: 'packed', precision }, 0, settings.numbers, false));
  return (bytes, start, end) => numericScalar(readUnsignedPacked(bytes.subarray(start, end)), make);
}

/** Make the reader of a binary item of `length` bytes. */
export function binaryReader(
  type: TypeOf<'binary'>,
  length: number,
  settings: FieldSettings,
  options: ResolvedOptions,
): FieldReader {
  const native = type.native || options.trunc === 'bin';
  const style = numberStyle(type, length, settings.numbers, native);
  const make = numberMaker(type.scale, style);
  const limit = native || type.digits === 0 ? Number.POSITIVE_INFINITY : type.digits;
  const beyond = [note('BEYOND_PICTURE', `at most ${type.digits} digits; the value is read in full`)];
  const small = length <= 6; // less than 15 digits
  const plain = small && style === 'number' && hasPlainForm(0, type.scale) ? plainScalar(type.scale) : null;
  const bound = 10 ** limit;
  return (bytes, start, end) => {
    if (plain !== null) {
      const value = readBinaryNumber(bytes, type, start, end);
      const magnitude = Math.abs(value);
      if (magnitude < bound) return plain(magnitude, value < 0);
    }
    const text = small
      ? String(readBinaryNumber(bytes, type, start, end))
      : readBinary(bytes.subarray(start, end), type).toString();
    const negative = text.startsWith('-');
    const digits = negative ? text.slice(1) : text;
    return make(negative, digits, digits.length > limit ? beyond : noProblems);
  };
}

/** Make the reader of COMP-1 and COMP-2 items. */
export function floatReader(settings: FieldSettings, options: ResolvedOptions): FieldReader {
  const order = options.floats.endsWith('le') ? 'little' : 'big';
  const hexadecimal = options.floats.startsWith('hex');
  return (bytes, start, end) => {
    const field = bytes.subarray(start, end);
    const reading = hexadecimal ? readHexFloat(field, order) : readIeeeFloat(field, order);
    if ('error' in reading) return unreadable(reading.error, reading.expected);
    const digits = String(reading.value);
    return {
      value: settings.numbers === 'string' ? digits : reading.value,
      digits,
      problems: reading.notes.map(noteText),
    };
  };
}

/** Make the reader of USAGE BIT items: an unsigned integer, or what it stands for at a scale. */
export function bitsReader(type: TypeOf<'bits'>, settings: FieldSettings): FieldReader {
  const { bits } = type;
  const scale = settings.scale ?? 0;
  const style = bitsStyle(bits, settings);
  if (plainBitsNumber(type, settings, 0) !== null) {
    const plain = plainScalar(scale);
    return (bytes, start, _end, bit) => plain(readSmallBits(bytes, 8 * start + bit, bits), false);
  }
  const make = numberMaker(scale, style);
  return (bytes, start, end, bit) =>
    make(false, readBits(bytes.subarray(start, end), bit, bits).toString(), noProblems);
}

/** Turn what a scalar reader found into the value of a field. */
function numericScalar(reading: NumericReading, make: NumberMaker): Scalar {
  if ('error' in reading) return unreadable(reading.error, reading.expected);
  const problems: readonly Problem[] = reading.notes.length === 0 ? noProblems : reading.notes.map(noteText);
  return make(reading.negative, reading.digits, problems);
}

function isZero(digits: string): boolean {
  return /^0*$/.test(digits);
}
