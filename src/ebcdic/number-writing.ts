import type { Code } from '../errors.ts';

/** The codes of numbers that cannot be written. */
export type WriteError = Extract<Code, 'ENCODE_DIGITS' | 'ENCODE_SIGN' | 'ENCODE_RANGE'>;

/** Why a number cannot be written, and the limit it breaks. */
export interface WriteFailure {
  readonly error: WriteError;
  /** The limit, in words for people. */
  readonly expected: string;
}

/** The outcome of writing a number: `'error' in writing` tells the two apart. */
export type NumberWriting = { readonly bytes: Uint8Array } | WriteFailure;

/** Digits as they are to be stored, and their sign. */
export interface StoredNumber {
  readonly negative: boolean;
  /** ASCII digits without point; leading zeros do not matter. */
  readonly digits: string;
}

/** Fit a number into so many digit positions: its digits with leading zeros, or why it does not fit. */
export function fitDigits(
  number: StoredNumber,
  digits: number,
  signed: boolean,
): { readonly text: string; readonly negative: boolean } | WriteFailure {
  const plain = number.digits.replace(/^0+/, '');
  if (plain.length > digits) {
    return { error: 'ENCODE_DIGITS', expected: `at most ${digits} ${digits === 1 ? 'digit' : 'digits'} as stored` };
  }
  const negative = number.negative && plain !== '';
  if (negative && !signed) return { error: 'ENCODE_SIGN', expected: 'no minus sign: the field is unsigned' };
  return { text: plain.padStart(digits, '0'), negative };
}
