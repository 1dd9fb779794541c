import type { FieldType } from '../copybook/layout.ts';
import type { Picture } from '../copybook/picture.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import { writeZoned } from '../ebcdic/write-zoned.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { editNumber } from './edit-number.ts';
import { isReadAsNumber } from './edited-reader.ts';
import { type FieldWriter, wrongKind } from './encode-issue.ts';
import type { FieldSettings } from './field-settings.ts';
import { decimalOf, storedNumber } from './stored-number.ts';
import { textWriter } from './text-writer.ts';

type EditedType = Extract<FieldType, { kind: 'edited' }>;

/** Make the writer of an edited item: its text as it is, or under `edited: number` the number edited by the picture. */
export function editedWriter(
  type: EditedType,
  length: number,
  settings: FieldSettings,
  options: ResolvedOptions,
): FieldWriter {
  const text = textWriter(type.encoding, type.justified, length, settings, options);
  const write = editingWriter(type, length, settings, options);
  return isReadAsNumber(type, options) ? write : text;
}

/** Make a writer that edits numbers by the picture; `null` is blanks. */
export function editingWriter(
  type: EditedType,
  length: number,
  settings: FieldSettings,
  options: ResolvedOptions,
): FieldWriter {
  const { picture } = type;
  const text = textWriter(type.encoding, false, length, { ...settings, trim: 'none' }, options);
  const signs = picture.runs.some(({ symbol }) => ['+', '-', 'CR', 'DB', 'S'].includes(symbol));
  const units = type.encoding === 'national' ? length / 2 : length;
  return (value, round) => {
    if (value === null) return text('', false);
    const decimal = decimalOf(value);
    if (decimal === null) return wrongKind('a number, or one as text');
    if (!type.numeric) return { code: 'ENCODE_EDITED', expected: `text: numbers are not edited as ${picture.text}` };
    const number = storedNumber(decimal, picture.scale, round);
    if ('code' in number) return number;
    const digits = number.digits.replace(/^0+(?=.)/, '');
    if (digits.length > picture.digits && digits !== '0') {
      return { code: 'ENCODE_DIGITS', expected: `at most ${picture.digits} digits, as ${picture.text} has` };
    }
    const negative = number.negative && digits !== '0';
    if (negative && !signs) return { code: 'ENCODE_SIGN', expected: `no minus sign: ${picture.text} shows none` };
    const edited = editNumber({ negative, digits, scale: picture.scale }, unsigned(picture), type.blankWhenZero);
    if (edited === null || edited.length !== units) {
      return { code: 'ENCODE_EDITED', expected: `text: numbers are not edited as ${picture.text}` };
    }
    const written = text(edited, false);
    return picture.signed && 'bytes' in written ? overpunched(written.bytes, negative, settings, options) : written;
  };
}

/** The picture without S, whose sign is in a digit. */
function unsigned(picture: Picture): Picture {
  return picture.signed ? { ...picture, runs: picture.runs.filter(({ symbol }) => symbol !== 'S') } : picture;
}

/** Put the sign of pictures as `S9(3).99` on the last digit. */
function overpunched(
  bytes: Uint8Array,
  negative: boolean,
  settings: FieldSettings,
  options: ResolvedOptions,
): ReturnType<FieldWriter> {
  const last = bytes.length - 1;
  const data = codePage(settings.codepage).family;
  const form = { digits: 1, signed: true, sign: 'trailing', separate: false, data } as const;
  const digit = { negative: false, digits: String((bytes[last] ?? 0) & 0x0f) };
  const signed = writeZoned(digit, { ...form, asciiSign: options.asciiSign });
  if ('error' in signed) return { code: signed.error, expected: signed.expected };
  const field = Uint8Array.from(bytes);
  // A minus belongs to the whole number, whose last digit may be 0.
  field[last] = negative ? minusDigit(Number(digit.digits), form, options) : (signed.bytes[0] ?? 0);
  return { bytes: field };
}

function minusDigit(
  digit: number,
  form: {
    readonly data: 'ebcdic' | 'ascii';
    readonly signed: true;
    readonly sign: 'trailing';
    readonly separate: false;
  },
  options: ResolvedOptions,
): number {
  const written = writeZoned(
    { negative: true, digits: `1${digit}` },
    { ...form, digits: 2, asciiSign: options.asciiSign },
  );
  return 'bytes' in written ? (written.bytes[1] ?? 0) : 0;
}
