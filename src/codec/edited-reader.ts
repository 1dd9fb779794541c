import type { FieldType } from '../copybook/layout.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import { readZoned } from '../ebcdic/read-zoned.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { editNumber } from './edit-number.ts';
import type { FieldSettings } from './field-settings.ts';
import { noteText } from './note-text.ts';
import { blankNumber, type NumberMaker, numberMaker, numberStyle, plainZero } from './number-value.ts';
import { readEdited } from './read-edited.ts';
import { type FieldReader, noProblems, note, type Problem, type Scalar, unreadable } from './scalar.ts';
import { type TextDecoder, textDecoder, textReader } from './text-reader.ts';

type EditedType = Extract<FieldType, { kind: 'edited' }>;

/** Whether an edited item is read as a number: numeric-edited ones and external floats under `edited: number`. */
export function isReadAsNumber(type: EditedType, options: ResolvedOptions): boolean {
  return options.edited === 'number' && (type.numeric || type.picture.category === 'external-float');
}

/** Make the reader of an edited item: text, or under `edited: number` the number it was edited from. */
export function editedReader(type: EditedType, settings: FieldSettings, options: ResolvedOptions): FieldReader {
  if (!isReadAsNumber(type, options)) return textReader(type.encoding, type.justified, settings, options);
  const decode = textDecoder(type.encoding, settings, options);
  const style = numberStyle({ kind: 'edited', precision: type.picture.precision }, 0, settings.numbers, false);
  const overpunched = type.picture.signed;
  return (bytes, start, end) => {
    let field = bytes.subarray(start, end);
    let minus = false;
    let notes: readonly Problem[] = noProblems;
    if (overpunched) {
      const sign = takeOverpunch(field, settings, options);
      if (sign !== null) ({ field, minus, notes } = sign);
    }
    const text = decodeText(decode, field);
    if (!/[0-9]/.test(text)) return withoutDigit(text, type, settings, numberMaker(type.picture.scale, style));
    const value = readEdited(text, type.picture);
    if (value === null) {
      return unreadable('EDITED_VALUE', `a number edited as ${type.picture.text}; a COBOL program would not notice`);
    }
    const exact = minus && value.digits !== '0' ? { ...value, negative: true } : value;
    // A text that has more decimals than its picture keeps them; its scale is otherwise the picture's.
    const scale = Math.max(exact.scale, type.picture.scale);
    const digits = exact.digits + '0'.repeat(scale - exact.scale);
    const again = editNumber(exact, type.picture, type.blankWhenZero);
    const problems =
      again === null || again === text
        ? notes
        : [...notes, note('EDITED_FORM', `'${again}', which is what editing the value gives`)];
    return numberMaker(scale, style)(exact.negative, digits, problems);
  };
}

/** An edited field without a digit: 0 under BLANK WHEN ZERO when it is blank, else what `blank` says. */
function withoutDigit(text: string, type: EditedType, settings: FieldSettings, make: NumberMaker): Scalar {
  if (type.blankWhenZero && text.trim() === '') return plainZero(make);
  return blankNumber(settings.blank, make);
}

function decodeText(decode: TextDecoder, field: Uint8Array): string {
  return decode.fast?.(field, 0, field.length) ?? decode.full(field).text;
}

/** In pictures as `S9(3).99` the sign is overpunched on the last digit: replace it by the plain digit. */
function takeOverpunch(
  field: Uint8Array,
  settings: FieldSettings,
  options: ResolvedOptions,
): { field: Uint8Array; minus: boolean; notes: readonly Problem[] } | null {
  const data = codePage(settings.codepage).family;
  const at = field.length - 1;
  const reading = readZoned(field.subarray(at), {
    signed: true,
    sign: 'trailing',
    separate: false,
    data,
    asciiSign: options.asciiSign,
    zoned: options.zoned,
  });
  if ('error' in reading) return null;
  const plain = Uint8Array.from(field);
  plain[at] = (data === 'ascii' ? 0x30 : 0xf0) + Number(reading.digits);
  // The sign of a zero digit is lost in `negative`: a minus there is what MINUS_ZERO says.
  const minus = reading.negative || reading.notes.includes('MINUS_ZERO');
  return { field: plain, minus, notes: reading.notes.filter((code) => code !== 'MINUS_ZERO').map(noteText) };
}
