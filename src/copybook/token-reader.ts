import type { Code } from '../errors.ts';
import { CopybookError } from './copybook-error.ts';
import type { SourcePosition } from './source-position.ts';
import type { Token } from './token.ts';

/** A cursor over tokens with the reads a COBOL parser needs. Words compare without case. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The token `ahead` of the next one; past the end always the `end` token. */
  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new RangeError('a token source ends with an end token');
    return token;
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  /** The next word in upper case, or `''` when the next token is no word. */
  word(ahead = 0): string {
    const token = this.peek(ahead);
    return token.kind === 'word' ? token.text.toUpperCase() : '';
  }

  /** Take the next token when it is one of these words. */
  accept(...words: readonly string[]): boolean {
    if (!words.includes(this.word())) return false;
    this.take();
    return true;
  }

  /** Just behind the token taken last: where something is missing. */
  behind(): SourcePosition {
    const last = this.#tokens[Math.max(0, this.#next - 1)] ?? this.peek();
    const quotes = last.kind === 'literal' ? 2 : 0;
    return { ...last.position, column: last.position.column + last.text.length + quotes };
  }

  fail(code: Code, position: SourcePosition, message: string, expected?: string, hint?: string): never {
    throw new CopybookError({ code, severity: 'error', position, message, expected, hint });
  }
}

/** Name a token for a message. */
export function describeToken(token: Token): string {
  if (token.kind === 'end') return 'the end of the copybook';
  if (token.kind === 'period') return 'a period';
  if (token.kind === 'literal') return `the literal '${token.text.slice(0, 40)}'`;
  return token.text.slice(0, 60);
}
