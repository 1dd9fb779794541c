import type { TextWord } from './text-word.ts';

/** One `operand-1 BY operand-2` of a COPY REPLACING phrase or a REPLACE statement. */
export interface Replacement {
  /** `whole`: a sequence of text words; `leading` and `trailing`: the start or end of one word. */
  readonly part: 'whole' | 'leading' | 'trailing';
  /** What is looked for: the comparable forms of its words, at least one. */
  readonly pattern: readonly string[];
  readonly by: readonly TextWord[];
}

/** The form in which two text words are compared: literals as written, everything else without case. */
export function comparable(word: TextWord): string {
  return word.kind === 'literal' ? word.text : word.text.toUpperCase();
}
