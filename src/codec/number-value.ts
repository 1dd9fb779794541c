import type { FieldType } from '../copybook/layout.ts';
import { smallBits } from '../ebcdic/read-bits.ts';
import { decimalText, sameDecimal } from './decimal.ts';
import type { FieldSettings } from './field-settings.ts';
import { noProblems, note, type Problem, type Scalar } from './scalar.ts';

/**
 * How exact decimals of one field become JavaScript values; it follows from the picture and the options alone.
 *
 * `number`: up to 15 digits, always exact. `checked`: a number that is refused when it would not be exact. `nearest`:
 * the nearest double, with a note. `string`: decimal text. `bigint`: integers as bigint, others as text.
 */
export type NumberStyle = 'number' | 'checked' | 'nearest' | 'string' | 'bigint';

const exactDigits = 15; // every decimal of 15 digits survives the way through a double
const smallBinary = 6; // bytes: 48 bits are exact in a double

/** Turns stored digits into the value of a field. */
export type NumberMaker = (negative: boolean, digits: string, problems: readonly Problem[]) => Scalar;

/** Choose the style of a numeric type (DECODING, "Numbers"). `length` is the item's size in bytes. */
export function numberStyle(
  type: { readonly kind: FieldType['kind']; readonly precision: number },
  length: number,
  numbers: 'exact' | 'string' | 'bigint' | 'number',
  native: boolean,
): NumberStyle {
  if (numbers === 'string' || numbers === 'bigint') return numbers;
  if (numbers === 'number') return 'nearest';
  const { precision } = type;
  if (type.kind !== 'binary') return precision <= exactDigits ? 'number' : 'string';
  if (length <= 4) return 'number';
  if (precision > exactDigits) return 'string';
  if (length <= smallBinary) return 'number';
  return native ? 'string' : 'checked';
}

/**
 * Choose the style of a field of `bits` bits: an integer is a number as long as a double holds it; with `scale` digits decide, as for
 * every decimal.
 */
export function bitsStyle(bits: number, settings: Pick<FieldSettings, 'numbers' | 'scale'>): NumberStyle {
  const scale = settings.scale ?? 0;
  const digits = String((1n << BigInt(bits)) - 1n).length;
  const precision = scale > 0 ? Math.max(digits, scale) : bits <= smallBits ? 0 : digits;
  return numberStyle({ kind: 'bits', precision }, 0, settings.numbers, false);
}

/** Make the function that turns stored digits into values at a scale. */
export function numberMaker(scale: number, style: NumberStyle): NumberMaker {
  switch (style) {
    case 'number':
      return (negative, digits, problems) => {
        const text = decimalText(negative, digits, scale);
        return { value: Number(text), digits: text, problems };
      };
    case 'string':
      return (negative, digits, problems) => {
        const text = decimalText(negative, digits, scale);
        return { value: text, digits: text, problems };
      };
    case 'bigint':
      return (negative, digits, problems) => {
        const text = decimalText(negative, digits, scale);
        return { value: scale <= 0 ? BigInt(text) : text, digits: text, problems };
      };
    case 'nearest':
      return (negative, digits, problems) => {
        const text = decimalText(negative, digits, scale);
        const value = Number(text);
        if (printsBack(value, text)) return { value, digits: text, problems };
        return {
          value,
          digits: text,
          problems: [...problems, note('NUMBER_INEXACT', `exactly ${text}; the nearest double is ${value}`)],
        };
      };
    case 'checked':
      return (negative, digits, problems) => {
        const text = decimalText(negative, digits, scale);
        const value = Number(text);
        if (Math.abs(value) <= Number.MAX_SAFE_INTEGER && printsBack(value, text))
          return { value, digits: text, problems };
        const expected = `a value that a number holds exactly; it is ${text}: read it as text (--field NAME=string)`;
        return {
          value: null,
          digits: text,
          problems: [...problems, { code: 'BINARY_RANGE', severity: 'error', expected }],
        };
      };
  }
}

/** Whether a double prints as the same decimal it was made from. */
function printsBack(value: number, text: string): boolean {
  return text.length <= exactDigits || (Number.isFinite(value) && sameDecimal(String(value), text));
}

const blankText = 'digits, but it is blank or low-values: a COBOL program would abend S0C7 here';

/** The value of a numeric field that is wholly blank or low-values, by policy. */
export function blankNumber(policy: 'null' | 'zero' | 'error', make: NumberMaker): Scalar {
  if (policy === 'zero') return make(false, '0', [note('BLANK_NUMERIC', 'digits; blank counts as 0 here')]);
  const problem: Problem = {
    code: 'BLANK_NUMERIC',
    severity: policy === 'error' ? 'error' : 'note',
    expected: blankText,
  };
  return { value: null, digits: null, problems: [problem] };
}

/** The value 0 without anything to say about it. */
export function plainZero(make: NumberMaker): Scalar {
  return make(false, '0', noProblems);
}
