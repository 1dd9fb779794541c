import type { Diagnostic } from './copybook-error.ts';
import type { ProgramText } from './program-text.ts';
import type { SourceBudget } from './source-budget.ts';
import { isBlank } from './source-line.ts';
import { sourceDiagnostic } from './source-mistake.ts';
import type { TextWord, WordSource } from './text-word.ts';

const literalPrefixes = new Set(['X', 'N', 'NX', 'G', 'U', 'UX', 'B', 'BX', 'Z', 'H']);

/** Characters that are a word wherever they stand, so that tags such as `:A:`, `(A)` or `&A&` can be replaced within names. */
const symbols = new Set([...'():&%!?{}[]<>|^~\\'].map((character) => character.charCodeAt(0)));

const lineFeed = 0x0a;
const quote = 0x22;
const apostrophe = 0x27;
const equals = 0x3d;
const period = 0x2e;

/** Cut program text into text words, each character looked at a bounded number of times. */
export class TextWordScanner implements WordSource {
  readonly #program: ProgramText;
  readonly #text: string;
  readonly #budget: SourceBudget;
  readonly #warn: (warning: Diagnostic) => void;
  #at = 0;
  #mark = 0;
  #blanksTold = false;

  constructor(program: ProgramText, budget: SourceBudget, warn: (warning: Diagnostic) => void) {
    this.#program = program;
    this.#text = program.text;
    this.#budget = budget;
    this.#warn = warn;
  }

  next(): TextWord | null {
    const spaced = this.#skipBlanks();
    const mark = this.#program.marks[this.#mark];
    if (mark !== undefined && mark.offset <= this.#at) {
      this.#mark += 1;
      return mark.word;
    }
    const start = this.#at;
    if (start >= this.#text.length) return null;
    const code = this.#text.charCodeAt(start);
    if (code === quote || code === apostrophe) return this.#literal(start, start, spaced);
    if (code === equals && this.#text.charCodeAt(start + 1) === equals) return this.#word('delimiter', 2, spaced);
    if (symbols.has(code)) return this.#word('symbol', 1, spaced);
    if (code === period && this.#endsHere(start + 1)) return this.#word('period', 1, spaced);
    let end = start + 1;
    while (end < this.#text.length && !this.#breaks(end)) end++;
    const after = this.#text.charCodeAt(end);
    const prefix = after === quote || after === apostrophe;
    if (prefix && end - start <= 2 && literalPrefixes.has(this.#text.slice(start, end).toUpperCase())) {
      return this.#literal(start, end, spaced);
    }
    return this.#word('word', end - start, spaced);
  }

  #word(kind: TextWord['kind'], length: number, spaced: boolean): TextWord {
    const start = this.#at;
    this.#at += length;
    const position = this.#program.positionAt(start);
    this.#budget.word(position);
    return { kind, text: this.#text.slice(start, this.#at), spaced, position };
  }

  /** Pass over blanks and separator commas; say whether there were any. */
  #skipBlanks(): boolean {
    const start = this.#at;
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0xa0 && !this.#blanksTold) this.#tellBlank();
      if (!isBlank(code) && !(isComma(code) && this.#endsHere(this.#at + 1))) break;
    }
    return this.#at > start || start === 0;
  }

  /** Whether the character at `index` ends a word that stands before it. */
  #breaks(index: number): boolean {
    const code = this.#text.charCodeAt(index);
    if (isBlank(code) || code === quote || code === apostrophe || symbols.has(code)) return true;
    if (code === equals) return this.#text.charCodeAt(index + 1) === equals;
    return (code === period || isComma(code)) && this.#endsHere(index + 1);
  }

  /** Whether a blank, the end of the text or of pseudo-text stands at `index`, or behind one more separator: `NAME..`. */
  #endsHere(index: number): boolean {
    const code = this.#text.charCodeAt(index);
    return this.#ends(index) || ((code === period || isComma(code)) && this.#ends(index + 1));
  }

  #ends(index: number): boolean {
    if (index >= this.#text.length) return true;
    const code = this.#text.charCodeAt(index);
    return isBlank(code) || (code === equals && this.#text.charCodeAt(index + 1) === equals);
  }

  /** A literal from `start` (its prefix) with the quotation mark at `open`, to its closing mark in the same line. */
  #literal(start: number, open: number, spaced: boolean): TextWord {
    const mark = this.#text.charCodeAt(open);
    for (let index = open + 1; index < this.#text.length; index++) {
      const code = this.#text.charCodeAt(index);
      if (code === lineFeed) return this.#unterminated(start, index, mark);
      if (code !== mark) continue;
      if (this.#text.charCodeAt(index + 1) === mark) index++;
      else return this.#word('literal', index + 1 - start, spaced);
    }
    return this.#unterminated(start, this.#text.length, mark);
  }

  #unterminated(start: number, lineEnd: number, mark: number): TextWord {
    const position = this.#program.positionAt(start);
    this.#at = lineEnd;
    const next = this.#program.marks[this.#mark];
    if (next !== undefined && next.offset <= lineEnd + 1 && next.word.diagnostic?.code === 'BAD_CONTINUATION') {
      this.#mark += 1;
      return next.word;
    }
    const diagnostic = sourceDiagnostic('UNTERMINATED_LITERAL', position, 'the literal has no closing quotation mark', {
      expected: `${String.fromCharCode(mark)} before the end of the line`,
      hint: 'in fixed format only columns 8 to 72 are read; a longer literal goes on in the next line behind - in column 7',
    });
    return { kind: 'problem', text: '', spaced: true, position, diagnostic };
  }

  #tellBlank(): void {
    this.#blanksTold = true;
    const position = this.#program.positionAt(this.#at);
    const message = 'a no-break space is read as a blank';
    this.#warn({ code: 'BAD_CHARACTER', severity: 'warning', position, message });
  }
}

function isComma(code: number): boolean {
  return code === 0x2c || code === 0x3b;
}
