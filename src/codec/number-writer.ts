import type { FieldType } from '../copybook/layout.ts';
import type { NumberWriting, StoredNumber } from '../ebcdic/number-writing.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import { smallBits } from '../ebcdic/read-bits.ts';
import { writeBinary } from '../ebcdic/write-binary.ts';
import { writeBits, writeSmallBits } from '../ebcdic/write-bits.ts';
import { writeHexFloat } from '../ebcdic/write-hex-float.ts';
import { writeIeeeFloat } from '../ebcdic/write-ieee-float.ts';
import { writeNationalDigits } from '../ebcdic/write-national-digits.ts';
import { writePacked, writeUnsignedPacked } from '../ebcdic/write-packed.ts';
import { writeZoned } from '../ebcdic/write-zoned.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { type FieldWriter, type Refusal, type Written, wrongKind } from './encode-issue.ts';
import type { FieldSettings } from './field-settings.ts';
import { decimalOf, storedNumber } from './stored-number.ts';

type TypeOf<Kind extends FieldType['kind']> = Extract<FieldType, { kind: Kind }>;

/** Make the writer of a numeric DISPLAY or NATIONAL item; `null` is blanks, as is a zero under BLANK WHEN ZERO. */
export function zonedWriter(
  type: TypeOf<'zoned'>,
  length: number,
  settings: FieldSettings,
  options: ResolvedOptions,
): FieldWriter {
  const national = type.encoding === 'national';
  const data = national ? 'ascii' : codePage(settings.codepage).family;
  const order = options.national === 'utf-16be' ? 'big' : 'little';
  const zoned = { ...type, data, asciiSign: options.asciiSign } as const;
  const widen = (bytes: Uint8Array): Uint8Array => (national ? writeNationalDigits(bytes, order) : bytes);
  const blanks = widen(new Uint8Array(national ? length / 2 : length).fill(data === 'ascii' ? 0x20 : 0x40));
  return (value, round) => {
    if (value === null) return { bytes: blanks };
    const number = storedOf(value, type.scale, round);
    if ('code' in number) return number;
    if (type.blankWhenZero && /^0*$/.test(number.digits)) return { bytes: blanks };
    const written = writtenNumber(writeZoned(number, zoned));
    return 'bytes' in written ? { bytes: widen(written.bytes) } : written;
  };
}

/** Make the writer of a COMP-3 item, of which `null` is blanks, or of a COMP-6 item. */
export function packedWriter(type: TypeOf<'packed'>, length: number, settings: FieldSettings): FieldWriter {
  if (!type.signNibble) return decimalWriter(type.scale, (number) => writeUnsignedPacked(number, type));
  const blank = codePage(settings.codepage).family === 'ascii' ? 0x20 : 0x40;
  const write = decimalWriter(type.scale, (number) => writePacked(number, type));
  return (value, round) => (value === null ? { bytes: new Uint8Array(length).fill(blank) } : write(value, round));
}

/** Make the writer of bytes that hold two digits each and no sign. */
export function packedUnsignedWriter(type: FieldType, length: number, settings: FieldSettings): FieldWriter {
  const scale = settings.scale ?? ('scale' in type ? type.scale : 0);
  return decimalWriter(scale, (number) => writeUnsignedPacked(number, { digits: 2 * length }));
}

/** Make the writer of a binary item, which keeps to its picture unless all its bits count. */
export function binaryWriter(type: TypeOf<'binary'>, length: number, options: ResolvedOptions): FieldWriter {
  const limited = !type.native && options.trunc !== 'bin' && type.digits > 0;
  return decimalWriter(type.scale, ({ negative, digits }) => {
    const plain = digits.replace(/^0+(?=.)/, '');
    if (limited && plain.length > type.digits) {
      return { error: 'ENCODE_DIGITS', expected: `at most ${type.digits} digits, as its picture says` };
    }
    return writeBinary(BigInt(negative ? `-${plain}` : plain), { ...type, length });
  });
}

/** Make the writer of COMP-1 and COMP-2 items: the nearest value that the format has. */
export function floatWriter(length: number, options: ResolvedOptions): FieldWriter {
  const order = options.floats.endsWith('le') ? 'little' : 'big';
  const write = options.floats.startsWith('hex') ? writeHexFloat : writeIeeeFloat;
  return (value) => {
    const decimal = decimalOf(value);
    return decimal === null ? notANumber : writtenNumber(write(Number(value), length, order));
  };
}

/** Make the writer of USAGE BIT items: unsigned integers, or what they stand for at a scale. */
export function bitsWriter({ bits }: TypeOf<'bits'>, settings: FieldSettings): FieldWriter {
  const scale = settings.scale ?? 0;
  const write = decimalWriter(scale, ({ negative, digits }) =>
    writeBits(BigInt(negative ? `-${digits}` : digits), bits),
  );
  if (scale !== 0 || bits > smallBits) return write;
  const most = 2 ** bits - 1;
  return (value, round) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
      ? { bytes: writeSmallBits(value, bits) }
      : write(value, round);
}

const notANumber: Refusal = wrongKind('a number, or one as text');

function decimalWriter(scale: number, write: (number: StoredNumber) => NumberWriting): FieldWriter {
  return (value, round) => {
    const number = storedOf(value, scale, round);
    return 'code' in number ? number : writtenNumber(write(number));
  };
}

function storedOf(value: unknown, scale: number, round: boolean): StoredNumber | Refusal {
  const decimal = decimalOf(value);
  return decimal === null ? notANumber : storedNumber(decimal, scale, round);
}

function writtenNumber(writing: NumberWriting): Written {
  return 'error' in writing ? { code: writing.error, expected: writing.expected } : writing;
}
