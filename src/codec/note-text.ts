import type { FloatNote } from '../ebcdic/float-reading.ts';
import type { NumericNote } from '../ebcdic/numeric-reading.ts';
import { note, type Problem } from './scalar.ts';

const texts: Readonly<Record<FloatNote | NumericNote, string>> = {
  SIGN_NOT_PREFERRED: 'the preferred sign: C or D in signed fields, F in unsigned ones',
  SIGN_UNEXPECTED: 'no minus sign, the field is unsigned; the negative value is taken',
  MINUS_ZERO: 'a zero without minus sign; it is read as 0',
  PAD_NIBBLE: 'a zero in the unused leading nibble; it is ignored',
  FLOAT_INEXACT: 'a value that a double holds exactly; the nearest one is taken',
  FLOAT_UNNORMALISED: 'a normalised float, whose first digit is not zero',
};

const problems = new Map<FloatNote | NumericNote, Problem>();
for (const code of Object.keys(texts) as (FloatNote | NumericNote)[]) problems.set(code, note(code, texts[code]));

/** The note a scalar reader gave, with its explanation. */
export function noteText(code: FloatNote | NumericNote): Problem {
  return problems.get(code) ?? note(code, texts[code]);
}
