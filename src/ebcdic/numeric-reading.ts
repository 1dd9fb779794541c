import type { Code } from '../errors.ts';

/** Why a decimal field cannot be read. */
export type NumericError = Extract<
  Code,
  'ZONED_DIGIT' | 'ZONED_SIGN' | 'SEPARATE_SIGN' | 'PACKED_DIGIT' | 'PACKED_SIGN'
>;

/** What is unusual about a decimal field that was read. */
export type NumericNote = Extract<Code, 'SIGN_NOT_PREFERRED' | 'SIGN_UNEXPECTED' | 'MINUS_ZERO' | 'PAD_NIBBLE'>;

/** A decimal field as it was read. */
export interface NumericValue {
  /** False for zero, whatever its sign says. */
  readonly negative: boolean;
  /** The stored digits in ASCII with leading zeros, without point or sign. */
  readonly digits: string;
  readonly notes: readonly NumericNote[];
}

/** Why a decimal field could not be read. */
export interface NumericFailure {
  readonly error: NumericError;
  /** What should have been there, and what a COBOL program would do with it. */
  readonly expected: string;
}

/** The outcome of reading a decimal field: `'error' in reading` tells the two apart. */
export type NumericReading = NumericValue | NumericFailure;

/** A sign as it was found: its meaning, and whether it is the one a compiler writes for such a field. */
export interface Sign {
  readonly negative: boolean;
  readonly preferred: boolean;
}

/** Put digits and sign together, with the notes that follow from both. */
export function numericValue(
  digits: string,
  sign: Sign,
  signed: boolean,
  otherNotes: readonly NumericNote[] = [],
): NumericValue {
  const notes = [...otherNotes];
  if (sign.negative && !signed) notes.push('SIGN_UNEXPECTED');
  else if (!sign.preferred) notes.push('SIGN_NOT_PREFERRED');
  const zero = /^0*$/.test(digits);
  if (sign.negative && zero) notes.push('MINUS_ZERO');
  return { negative: sign.negative && !zero, digits, notes };
}

/** The meaning of a sign nibble: A, C, E, F plus, B, D minus; `null` for 0-9. C and D are preferred, F in unsigned fields. */
export function signOfNibble(nibble: number, signed: boolean): Sign | null {
  if (nibble < 0xa) return null;
  const negative = nibble === 0xb || nibble === 0xd;
  return { negative, preferred: signed ? nibble === 0xc || nibble === 0xd : nibble === 0xf };
}

/** Show a byte in COBOL's notation. */
export function hexByte(byte: number): string {
  return `X'${byte.toString(16).toUpperCase().padStart(2, '0')}'`;
}
