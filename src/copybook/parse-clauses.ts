import type { Code } from '../errors.ts';
import { refuseNumber, refuseWord } from './clause-mistake.ts';
import { parseLiteral, startsLiteral } from './parse-literal.ts';
import type { SourcePosition } from './source-position.ts';
import type { DataEntry, OccursClause } from './syntax.ts';
import { describeToken, type TokenReader } from './token-reader.ts';
import { usageWords } from './usage-words.ts';

/** The clauses of one data description entry. */
export type Clauses = Omit<DataEntry, 'level' | 'name' | 'position' | 'conditions' | 'children'>;

type Draft = { -readonly [K in keyof Clauses]: Clauses[K] };
type Clause = (reader: TokenReader, clauses: Draft, at: SourcePosition) => void;

const clauseTable: ReadonlyMap<string, { readonly name: string; readonly parse: Clause }> = new Map(
  (
    [
      [['PIC', 'PICTURE'], 'PICTURE', parsePictureClause],
      [['USAGE', ...usageWords.keys()], 'USAGE', parseUsage],
      [['GROUP-USAGE'], 'GROUP-USAGE', parseGroupUsage],
      [['SIGN', 'LEADING', 'TRAILING'], 'SIGN', parseSign],
      [['SYNC', 'SYNCHRONIZED'], 'SYNCHRONIZED', parseSynchronized],
      [['JUST', 'JUSTIFIED'], 'JUSTIFIED', parseJustified],
      [['BLANK'], 'BLANK WHEN ZERO', parseBlankWhenZero],
      [['VALUE', 'VALUES'], 'VALUE', parseValue],
      [['OCCURS'], 'OCCURS', parseOccurs],
      [['REDEFINES'], 'REDEFINES', parseRedefines],
      [['BYTE-LENGTH'], 'BYTE-LENGTH', parseByteLength],
      [['EXTERNAL'], 'EXTERNAL', parseExternal],
      [['GLOBAL'], 'GLOBAL', acceptClause],
      [['BASED'], 'BASED', acceptClause],
      [['VOLATILE'], 'VOLATILE', acceptClause],
    ] as const
  ).flatMap(([words, name, parse]) => words.map((word) => [word, { name, parse }] as const)),
);

/** A clause that says nothing about bytes. */
function acceptClause(reader: TokenReader): void {
  reader.take();
}

/** Words that belong to an OCCURS clause and end a list of key or index names. */
const occursWords = new Set(['TIMES', 'DEPENDING', 'ASCENDING', 'DESCENDING', 'KEY', 'INDEXED', 'BY', 'IS', 'ON']);

const clauseWords: readonly string[] = [...clauseTable.keys(), ...occursWords].filter((word) => word.length > 2);

/** Whether a word starts a clause, so that it cannot be the name of the entry. */
export function isClauseWord(word: string): boolean {
  return clauseTable.has(word);
}

/** Parse the clauses of an entry up to and with its period. Throws a CopybookError at the first mistake. */
export function parseClauses(reader: TokenReader, entryName: string): Clauses {
  const clauses: Draft = {
    picture: null,
    usage: null,
    groupUsage: null,
    unsigned: false,
    sign: null,
    synchronized: false,
    justified: false,
    blankWhenZero: false,
    value: null,
    occurs: null,
    redefines: null,
    byteLength: null,
  };
  const seen = new Set<string>();
  for (;;) {
    const token = reader.peek();
    if (token.kind === 'period') {
      reader.take();
      return clauses;
    }
    if (token.kind === 'end' || token.kind === 'number') refuseNumber(reader, entryName, clauses.picture !== null);
    if (reader.word() === 'IS' && isClauseWord(reader.word(1))) reader.take();
    const clause = clauseTable.get(reader.word());
    if (clause === undefined) refuseWord(reader, seen.size === 0, clauseWords);
    if (seen.has(clause.name))
      reader.fail('DUPLICATE_CLAUSE', token.position, `${clause.name} stands twice in one entry`);
    seen.add(clause.name);
    clause.parse(reader, clauses, reader.peek().position);
  }
}

function parsePictureClause(reader: TokenReader, clauses: Draft): void {
  reader.take();
  reader.accept('IS');
  const token = reader.peek();
  if (token.kind !== 'picture') {
    reader.fail(
      'CLAUSE_SYNTAX',
      reader.behind(),
      'PICTURE has no character-string',
      'a picture such as X(10) or S9(7)V99',
    );
  }
  reader.take();
  const open = token.text.lastIndexOf('(');
  if (open > token.text.lastIndexOf(')')) {
    const position = { ...token.position, column: token.position.column + open };
    reader.fail(
      'BAD_PICTURE',
      position,
      'the parenthesis is not closed',
      undefined,
      'write the repetition without blanks: X(10)',
    );
  }
  clauses.picture = { text: token.text, position: token.position };
}

function parseUsage(reader: TokenReader, clauses: Draft): void {
  if (reader.accept('USAGE')) reader.accept('IS');
  const usage = usageWords.get(reader.word());
  if (usage === undefined) {
    reader.fail(
      'CLAUSE_SYNTAX',
      reader.peek().position,
      `${describeToken(reader.peek())} is no usage`,
      'DISPLAY, COMP, COMP-1 to COMP-6, COMP-X, BINARY, PACKED-DECIMAL, INDEX, POINTER, NATIONAL, …',
    );
  }
  reader.take();
  clauses.usage = usage;
  if (usage.startsWith('BINARY-')) {
    if (reader.accept('UNSIGNED')) clauses.unsigned = true;
    else reader.accept('SIGNED');
  }
  // COBOL 2014: PACKED-DECIMAL WITH NO SIGN is what others call COMP-6.
  if (usage === 'COMP-3' && (reader.word() === 'WITH' || reader.word() === 'NO')) {
    reader.accept('WITH');
    if (!reader.accept('NO') || !reader.accept('SIGN')) {
      reader.fail('CLAUSE_SYNTAX', reader.peek().position, 'PACKED-DECIMAL WITH is not followed by NO SIGN', 'NO SIGN');
    }
    clauses.usage = 'COMP-6';
  }
}

function parseGroupUsage(reader: TokenReader, clauses: Draft): void {
  reader.take();
  reader.accept('IS');
  const word = reader.word();
  if (word !== 'BIT' && word !== 'NATIONAL') {
    reader.fail(
      'CLAUSE_SYNTAX',
      reader.peek().position,
      `${describeToken(reader.peek())} is no group usage`,
      'BIT or NATIONAL',
    );
  }
  reader.take();
  clauses.groupUsage = word;
}

function parseSign(reader: TokenReader, clauses: Draft): void {
  if (reader.accept('SIGN')) reader.accept('IS');
  const placement = reader.word();
  if (placement !== 'LEADING' && placement !== 'TRAILING') {
    reader.fail('CLAUSE_SYNTAX', reader.peek().position, 'SIGN does not say where', 'LEADING or TRAILING');
  }
  reader.take();
  const separate = reader.accept('SEPARATE');
  if (separate) reader.accept('CHARACTER');
  clauses.sign = { placement: placement === 'LEADING' ? 'leading' : 'trailing', separate };
}

function parseSynchronized(reader: TokenReader, clauses: Draft): void {
  reader.take();
  reader.accept('LEFT', 'RIGHT');
  clauses.synchronized = true;
}

function parseJustified(reader: TokenReader, clauses: Draft): void {
  reader.take();
  reader.accept('RIGHT');
  clauses.justified = true;
}

function parseBlankWhenZero(reader: TokenReader, clauses: Draft): void {
  reader.take();
  reader.accept('WHEN');
  if (!reader.accept('ZERO', 'ZEROS', 'ZEROES')) {
    reader.fail('CLAUSE_SYNTAX', reader.peek().position, 'BLANK is not followed by WHEN ZERO', 'BLANK WHEN ZERO');
  }
  clauses.blankWhenZero = true;
}

function parseValue(reader: TokenReader, clauses: Draft): void {
  reader.take();
  reader.accept('IS', 'ARE');
  clauses.value = parseLiteral(reader);
  // A table may list a value per entry; the first stands for all.
  while (startsLiteral(reader) && !startsNextEntry(reader)) parseLiteral(reader);
}

/** A number behind a VALUE is the level of the next entry, its period missing, when a name or clause comes behind it. */
function startsNextEntry(reader: TokenReader): boolean {
  const token = reader.peek();
  if (token.kind !== 'number' || reader.peek(1).kind !== 'word' || startsLiteral(reader, 1)) return false;
  return token.position.line !== reader.behind().line || !isClauseWord(reader.word(1));
}

function parseRedefines(reader: TokenReader, clauses: Draft): void {
  reader.take();
  const token = reader.peek();
  if (token.kind !== 'word' || isClauseWord(reader.word())) {
    reader.fail('CLAUSE_SYNTAX', reader.behind(), 'REDEFINES names no item', 'the name of the item before');
  }
  reader.take();
  clauses.redefines = { name: token.text, position: token.position };
}

function parseByteLength(reader: TokenReader, clauses: Draft): void {
  reader.take();
  reader.accept('IS');
  clauses.byteLength = parseInteger(reader, 1, 'CLAUSE_SYNTAX', 'BYTE-LENGTH');
}

function parseExternal(reader: TokenReader): void {
  reader.take();
  if (reader.accept('AS') && reader.take().kind !== 'literal') {
    reader.fail(
      'CLAUSE_SYNTAX',
      reader.behind(),
      'EXTERNAL AS is not followed by a literal',
      'a literal in quotation marks',
    );
  }
}

const maximumInteger = 1 << 28; // 256 MiB: no record holds more entries

function parseInteger(reader: TokenReader, minimum: number, code: Code, clause: string): number {
  const token = reader.peek();
  const value = token.kind === 'number' && /^\+?[0-9]+$/.test(token.text) ? Number(token.text) : Number.NaN;
  if (!(value >= minimum && value <= maximumInteger)) {
    reader.fail(
      code,
      token.position,
      `${describeToken(token)} is no usable number for ${clause}`,
      `a whole number from ${minimum} to ${maximumInteger}`,
    );
  }
  reader.take();
  return value;
}

function parseOccurs(reader: TokenReader, clauses: Draft, position: SourcePosition): void {
  reader.take();
  if (reader.word() === 'UNBOUNDED') {
    reader.fail('BAD_OCCURS', reader.peek().position, 'an unbounded table has no place in a record', 'a whole number');
  }
  const first = parseInteger(reader, 0, 'BAD_OCCURS', 'OCCURS');
  let last: number | null = null;
  if (reader.accept('TO')) {
    if (reader.word() === 'UNBOUNDED') {
      reader.fail(
        'BAD_OCCURS',
        reader.peek().position,
        'an unbounded table has no place in a record',
        'a whole number',
      );
    }
    const at = reader.peek().position;
    last = parseInteger(reader, 1, 'BAD_OCCURS', 'OCCURS … TO');
    if (last < first)
      reader.fail('BAD_OCCURS', at, `OCCURS ${first} TO ${last} runs backwards`, 'the smaller number first');
  }
  reader.accept('TIMES');
  const maximum = last ?? first;
  if (maximum === 0) reader.fail('BAD_OCCURS', position, 'a table has at least one entry', 'a number above 0');
  let dependingOn: string[] | null = null;
  for (;;) {
    if (reader.accept('DEPENDING')) {
      if (dependingOn !== null) reader.fail('DUPLICATE_CLAUSE', reader.behind(), 'DEPENDING ON stands twice');
      reader.accept('ON');
      dependingOn = parseQualifiedName(reader, 'DEPENDING ON');
    } else if (reader.accept('ASCENDING', 'DESCENDING')) {
      reader.accept('KEY');
      reader.accept('IS');
      parseNames(reader, 'ASCENDING KEY');
    } else if (reader.word() === 'INDEX' && reader.word(1) === 'BY') {
      reader.fail('CLAUSE_SYNTAX', reader.peek().position, 'INDEX BY is no phrase of OCCURS', 'INDEXED BY');
    } else if (reader.accept('INDEXED')) {
      reader.accept('BY');
      parseNames(reader, 'INDEXED BY');
    } else break;
  }
  clauses.occurs = occursClause(first, last, dependingOn, position);
}

/** `OCCURS n DEPENDING ON` is 0 to n; `OCCURS m TO n` without a counter is a table of n. */
function occursClause(
  first: number,
  last: number | null,
  dependingOn: string[] | null,
  position: SourcePosition,
): OccursClause {
  const maximum = last ?? first;
  if (dependingOn === null) return { minimum: maximum, maximum, dependingOn: null, position };
  return { minimum: last === null ? 0 : first, maximum, dependingOn, position };
}

function parseNames(reader: TokenReader, clause: string): void {
  let count = 0;
  while (reader.peek().kind === 'word' && !isClauseWord(reader.word()) && !occursWords.has(reader.word())) {
    parseQualifiedName(reader, clause);
    count++;
  }
  if (count === 0) reader.fail('CLAUSE_SYNTAX', reader.behind(), `${clause} names nothing`, 'a name');
}

const maximumQualifiers = 49; // levels 01 to 49

/** Parse `NAME [OF|IN GROUP]…`: the names, innermost first. */
export function parseQualifiedName(reader: TokenReader, clause: string): string[] {
  const names: string[] = [];
  do {
    const token = reader.peek();
    if (token.kind !== 'word') {
      reader.fail('CLAUSE_SYNTAX', reader.behind(), `${clause} names nothing`, 'the name of an item');
    }
    reader.take();
    names.push(token.text);
    if (names.length > maximumQualifiers) {
      reader.fail('CLAUSE_SYNTAX', token.position, `${clause} has more qualifiers than groups can nest`, 'fewer OF');
    }
  } while (reader.accept('OF', 'IN'));
  return names;
}
