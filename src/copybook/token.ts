import type { SourcePosition } from './source-position.ts';

/** How a literal was written. Hexadecimal forms keep their hex digits as `text`, the others their characters. */
export type LiteralForm =
  | 'alphanumeric' // 'A' "A"
  | 'hex' // X'C1'
  | 'national' // N'A'
  | 'national-hex' // NX'0041'
  | 'dbcs' // G'…'
  | 'utf8' // U'…'
  | 'boolean' // B'01'
  | 'boolean-hex' // BX'0F'
  | 'null-terminated'; // Z'A'

/** One word of COBOL text, after COPY and REPLACE were carried out. */
export interface Token {
  /**
   * `word`: a reserved word or name; `number`: an optionally signed decimal (`12`, `-1.5`, also `1.5E+3`; the decimal point is
   * always `.` here, whatever was written); `literal`: a quoted literal; `picture`: the character-string after PIC;
   * `period`: the separator period; `punctuation`: `( ) : = + - * / < > &` and pseudo-text never reaches the parser;
   * `end`: the end of the text, always the last token.
   */
  readonly kind: 'word' | 'number' | 'literal' | 'picture' | 'period' | 'punctuation' | 'end';
  /** As written (names keep their case), except for literals: their content with doubled quotes undone. */
  readonly text: string;
  /** Only on literals. */
  readonly form?: LiteralForm;
  readonly position: SourcePosition;
}
