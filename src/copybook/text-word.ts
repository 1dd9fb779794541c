import type { Diagnostic } from './copybook-error.ts';
import type { SourcePosition } from './source-position.ts';

/**
 * A text word: the unit that COPY REPLACING and REPLACE compare (ISO/IEC 1989, "text manipulation").
 *
 * `(`, `)` and `:` are text words of their own, so `:TAG:-NAME` is four of them; only the last stage joins what stands
 * together without a blank. Separator commas and semicolons are blanks and leave no word.
 */
export interface TextWord {
  /**
   * `word`: anything between separators; `symbol`: one character that is a word wherever it stands; `literal`: with its
   * quotes and prefix; `period`: the separator period; `delimiter`: `==`; `include`: a ++INCLUDE or -INC line, `text` is the
   * member; `problem`: a mistake that counts only if the text around it is read.
   */
  readonly kind: 'word' | 'symbol' | 'literal' | 'period' | 'delimiter' | 'include' | 'problem';
  readonly text: string;
  /** A blank, a separator or a line end stands before it. */
  readonly spaced: boolean;
  readonly position: SourcePosition;
  /** Only on problems. */
  readonly diagnostic?: Diagnostic;
}

/** A stream of text words; `null` at its end. */
export interface WordSource {
  next(): TextWord | null;
}
