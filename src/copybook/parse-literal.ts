import type { FigurativeConstant, Literal } from './syntax.ts';
import { describeToken, type TokenReader } from './token-reader.ts';

const figuratives: ReadonlyMap<string, FigurativeConstant> = new Map<string, FigurativeConstant>([
  ['ZERO', 'ZERO'],
  ['ZEROS', 'ZERO'],
  ['ZEROES', 'ZERO'],
  ['SPACE', 'SPACE'],
  ['SPACES', 'SPACE'],
  ['HIGH-VALUE', 'HIGH-VALUE'],
  ['HIGH-VALUES', 'HIGH-VALUE'],
  ['LOW-VALUE', 'LOW-VALUE'],
  ['LOW-VALUES', 'LOW-VALUE'],
  ['QUOTE', 'QUOTE'],
  ['QUOTES', 'QUOTE'],
  ['NULL', 'NULL'],
  ['NULLS', 'NULL'],
]);

/** Whether the token `ahead` of the next one starts a literal: a number, a quoted literal, a figurative constant or ALL. */
export function startsLiteral(reader: TokenReader, ahead = 0): boolean {
  const { kind } = reader.peek(ahead);
  const word = reader.word(ahead);
  return kind === 'number' || kind === 'literal' || word === 'ALL' || figuratives.has(word);
}

/** Parse one literal of a VALUE clause; throws `BAD_VALUE` when there is none. */
export function parseLiteral(reader: TokenReader): Literal {
  const token = reader.peek();
  if (token.kind === 'number') {
    reader.take();
    return { kind: 'number', text: token.text };
  }
  if (token.kind === 'literal') {
    reader.take();
    let text = token.text;
    while (reader.peek().kind === 'punctuation' && reader.peek().text === '&' && reader.peek(1).kind === 'literal') {
      reader.take();
      text += reader.take().text;
    }
    return { kind: 'string', form: token.form ?? 'alphanumeric', text };
  }
  if (reader.word(1) !== 'ALL' && reader.accept('ALL')) {
    const literal = parseLiteral(reader);
    return literal.kind === 'string' ? { kind: 'all', form: literal.form, text: literal.text } : literal;
  }
  const word = figuratives.get(reader.word());
  if (word === undefined) {
    return reader.fail(
      'BAD_VALUE',
      token.position,
      `${describeToken(token)} is no literal`,
      'a number, a literal in quotation marks or a figurative constant such as ZERO or SPACES',
    );
  }
  reader.take();
  return { kind: 'figurative', word };
}
