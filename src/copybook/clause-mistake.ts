import { nearNames } from './near-names.ts';
import { describeToken, type TokenReader } from './token-reader.ts';

const clauseExpected = 'PIC, USAGE, OCCURS, REDEFINES, VALUE or another clause, or the period that ends the entry';
const unsupported =
  /^(ANY|DYNAMIC|TYPE|TYPEDEF|LIKE|PROPERTY|SELECT|CONSTANT|SAME|CLASS|OBJECT|PROCEDURE-POINTER|FUNCTION-POINTER|PROGRAM-POINTER)$/i;

/** Refuse a word that starts no clause; `behindName`: no clause stands before it. */
export function refuseWord(reader: TokenReader, behindName: boolean, clauseWords: readonly string[]): never {
  const token = reader.peek();
  const refused = token.kind === 'word' && unsupported.test(token.text);
  return reader.fail(
    'UNKNOWN_CLAUSE',
    token.position,
    `${describeToken(token)} is ${refused ? 'a clause that is not supported' : 'no clause of a data description entry'}`,
    clauseExpected,
    refused ? 'docs/copybooks.md lists the clauses that are read' : wordHint(reader, behindName, clauseWords),
  );
}

function wordHint(reader: TokenReader, behindName: boolean, clauseWords: readonly string[]): string | undefined {
  const word = reader.word();
  const next = reader.peek(1);
  if (word === '') return undefined;
  if (/^COMP(UTATIONAL)?-/.test(word)) return 'the COMP usages are COMP, COMP-1 to COMP-6 and COMP-X';
  const near = nearNames(word, clauseWords);
  if (near.length > 0) return `did you mean ${near.join(' or ')}?`;
  if (!behindName) return undefined;
  if (/^S?[XAZN9][XAZN9V]*$/.test(word) && (next.text === '(' || next.kind === 'period'))
    return `is PIC missing before ${word}?`;
  if (next.kind === 'word' || next.kind === 'period')
    return 'a name with blanks in it? COBOL names join words with hyphens';
  return undefined;
}

/** Refuse a number, or the end of the copybook, where a clause or the period of an entry should stand. */
export function refuseNumber(reader: TokenReader, entryName: string, behindPicture: boolean): never {
  const token = reader.peek();
  if (behindPicture && token.kind === 'number' && reader.peek(1).kind === 'period') {
    reader.fail(
      'UNKNOWN_CLAUSE',
      token.position,
      `${token.text} is no clause of a data description entry`,
      clauseExpected,
      `a repetition stands in parentheses: X(${token.text.slice(0, 9)})`,
    );
  }
  return reader.fail(
    'MISSING_PERIOD',
    reader.behind(),
    `the entry of ${entryName} does not end with a period`,
    'a period followed by a blank or the end of the line',
    'end every data description entry with a period',
  );
}
