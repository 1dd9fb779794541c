import { comparable, type Replacement } from './replacement.ts';
import { sourceMistake } from './source-mistake.ts';
import type { SourcePosition } from './source-position.ts';
import type { TextWord } from './text-word.ts';

/** The words of a COPY or REPLACE statement, as far as its reader has looked. */
export interface StatementWords {
  peek(): TextWord | null;
  take(): TextWord | null;
  /** Where to point when the text ends. */
  readonly position: SourcePosition;
}

/** Say whether the next word is this one, unquoted and in any case. */
export function nextIs(words: StatementWords, text: string): boolean {
  const word = words.peek();
  return word?.kind === 'word' && word.text.toUpperCase() === text;
}

/**
 * Read `operand BY operand …` up to the period that ends the statement, which is taken too.
 *
 * Operands are pseudo-text, or a literal, word or identifier. Throws COPY_SYNTAX and UNTERMINATED_PSEUDO_TEXT.
 */
export function readReplacements(words: StatementWords, statement: string): Replacement[] {
  const replacements: Replacement[] = [];
  for (;;) {
    const next = words.peek();
    if (next?.kind === 'period') {
      if (replacements.length === 0) throw malformed(words, statement, '==text== BY ==text==');
      words.take();
      return replacements;
    }
    if (next === null) throw malformed(words, statement, 'a period behind the last replacement');
    const part = nextIs(words, 'LEADING') ? 'leading' : nextIs(words, 'TRAILING') ? 'trailing' : 'whole';
    if (part !== 'whole') words.take();
    const pattern = readOperand(words, statement).map(comparable);
    if (pattern.length === 0) throw malformed(words, statement, 'text to look for between the first == and ==');
    if (!nextIs(words, 'BY')) throw malformed(words, statement, 'BY');
    words.take();
    const by = readOperand(words, statement);
    // A part of several words, such as :TAG:, is a word sequence of its own wherever it stands.
    replacements.push({ part: pattern.length === 1 ? part : 'whole', pattern, by });
  }
}

function readOperand(words: StatementWords, statement: string): TextWord[] {
  const first = words.peek();
  if (first?.kind === 'delimiter') return readPseudoText(words);
  if (first === null || first.kind === 'period' || first.kind === 'include')
    throw malformed(words, statement, 'an operand');
  const operand: TextWord[] = [];
  readPiece(words, operand);
  while (nextIs(words, 'OF') || nextIs(words, 'IN')) {
    operand.push(words.take() as TextWord);
    readPiece(words, operand);
  }
  if (words.peek()?.text === '(') {
    for (let word = words.peek(); word !== null && word.kind !== 'period'; word = words.peek()) {
      operand.push(words.take() as TextWord);
      if (word.text === ')') break;
    }
  }
  return operand;
}

/** One blank-delimited piece: `:TAG:` is three words. */
function readPiece(words: StatementWords, operand: TextWord[]): void {
  for (let word = words.peek(); word !== null && word.kind !== 'period'; word = words.peek()) {
    operand.push(words.take() as TextWord);
    const next = words.peek();
    if (next === null || next.spaced || next.kind === 'delimiter') return;
  }
}

function readPseudoText(words: StatementWords): TextWord[] {
  const opening = words.take();
  const content: TextWord[] = [];
  for (let word = words.take(); word !== null; word = words.take()) {
    if (word.kind === 'delimiter') return content;
    content.push(word);
  }
  throw sourceMistake(
    'UNTERMINATED_PSEUDO_TEXT',
    opening?.position ?? words.position,
    'pseudo-text has no closing ==',
    {
      expected: '== behind the text',
    },
  );
}

function malformed(words: StatementWords, statement: string, expected: string): Error {
  const next = words.peek();
  const found = next === null ? 'the end of the text' : `"${next.text.slice(0, 40)}"`;
  const message = `${statement} is malformed at ${found}`;
  return sourceMistake('COPY_SYNTAX', next?.position ?? words.position, message, {
    expected,
    hint: `for example: ${statement} ==:TAG:== BY ==CUSTOMER==.`,
  });
}
