import { CopybookError, type Diagnostic } from './copybook-error.ts';
import { isClauseWord, parseClauses, parseQualifiedName } from './parse-clauses.ts';
import { parseLiteral, startsLiteral } from './parse-literal.ts';
import type { SourcePosition } from './source-position.ts';
import type { Condition, DataEntry, Literal, RecordEntry, RenamesEntry } from './syntax.ts';
import { describeToken, type TokenReader } from './token-reader.ts';

/** An entry while its children and conditions still arrive. */
interface OpenEntry extends DataEntry {
  readonly children: OpenEntry[];
  readonly conditions: Condition[];
}

interface OpenRecord {
  readonly name: string;
  readonly entries: OpenEntry[];
  readonly fragment: boolean;
  readonly renames: RenamesEntry[];
}

const maximumDepth = 49; // levels 01 to 49

/**
 * Parse data description entries into records: one per 01 or 77, and one for a fragment that starts at a deeper level.
 *
 * Level numbers alone make the tree: an entry belongs to the nearest one before it with a smaller level.
 */
export function parseEntries(
  reader: TokenReader,
  fragmentName: string,
  warnings: Diagnostic[],
): readonly RecordEntry[] {
  const records: OpenRecord[] = [];
  let open: OpenEntry[] = [];
  let last: OpenEntry | undefined;
  while (reader.peek().kind !== 'end') {
    if (reader.peek().kind === 'period') {
      reader.take(); // an empty entry: `01 A. COPY B..`
      continue;
    }
    const { level, position } = parseLevel(reader, records.length === 0);
    if (level === 88) {
      if (last === undefined)
        reader.fail('CONDITION_MISPLACED', position, 'a level 88 entry follows no item', 'an item before it');
      last.conditions.push(parseCondition(reader, position));
      continue;
    }
    let record = records.at(-1);
    if (level === 66) {
      if (record === undefined)
        reader.fail('RENAMES_UNKNOWN', position, 'a level 66 entry follows no record', 'a record before it');
      record.renames.push(parseRenames(reader, position));
      last = undefined;
      continue;
    }
    const entry = parseEntry(reader, level, position);
    if (level === 1 || level === 77) {
      records.push({ name: entry.name ?? 'FILLER', entries: [entry], fragment: false, renames: [] });
      open = [entry];
      last = entry;
      continue;
    }
    if (record === undefined) {
      record = { name: fragmentName, entries: [], fragment: true, renames: [] };
      records.push(record);
    }
    if (record.entries[0]?.level === 77) {
      reader.fail(
        'BAD_LEVEL',
        position,
        'a level 77 item has nothing below it',
        '01, 77, 66 or 88',
        'make the 77 an 01',
      );
    }
    while (open.length > 0 && (open.at(-1)?.level ?? 0) >= level) open.pop();
    const parent = open.at(-1);
    if (open.length >= maximumDepth) reader.fail('DEPTH', position, `groups nest deeper than ${maximumDepth}`);
    const siblings = parent?.children ?? record.entries;
    warnAboutLevel(siblings[0], entry, warnings);
    siblings.push(entry);
    open.push(entry);
    last = entry;
  }
  return records;
}

/** Compilers want one level number for all items of a group; copybooks in use do not always keep to it. */
function warnAboutLevel(first: DataEntry | undefined, entry: DataEntry, warnings: Diagnostic[]): void {
  if (first === undefined || first.level === entry.level) return;
  warnings.push({
    code: 'BAD_LEVEL',
    severity: 'warning',
    position: entry.position,
    message: `level ${entry.level} stands in one group with level ${first.level}; it is taken as an item of that group`,
    hint: 'items of one group should have one level number',
  });
}

function parseLevel(reader: TokenReader, first: boolean): { level: number; position: SourcePosition } {
  const token = reader.peek();
  const expected = 'a level number: 01 to 49, 66, 77 or 88';
  if (token.kind !== 'number') {
    const hint = levelHint(token.text.toUpperCase()) ?? (first ? 'is this the text of a copybook?' : undefined);
    reader.fail('MISSING_LEVEL', token.position, `${describeToken(token)} does not start an entry`, expected, hint);
  }
  const level = /^[0-9]{1,2}$/.test(token.text) ? Number(token.text) : 0;
  if (!((level >= 1 && level <= 49) || level === 66 || level === 77 || level === 88)) {
    const hint = level === 78 ? 'constants (level 78) are not supported: write the number where it is used' : undefined;
    reader.fail('BAD_LEVEL', token.position, `${token.text} is no level number`, expected, hint);
  }
  reader.take();
  return { level, position: token.position };
}

function levelHint(word: string): string | undefined {
  if (isClauseWord(word)) return 'is there a period too many before it?';
  if (/^(O[0-9]|[0-9]O|OO|[OIL][0-9]|[0-9][IL])$/.test(word)) return 'is a letter in the level number?';
  if (word === '*') return 'a comment has * in column 7, or starts with *>';
  if (/^[0-9]{2}[A-Z]/.test(word)) return 'is the blank behind the level number missing?';
  return undefined;
}

function parseEntry(reader: TokenReader, level: number, levelPosition: SourcePosition): OpenEntry {
  refuseTag(reader);
  const token = reader.peek();
  let name: string | null = null;
  let position = levelPosition;
  if (token.kind === 'word' && (!isClauseWord(reader.word()) || isNameLikeClause(reader))) {
    reader.take();
    position = token.position;
    if (token.text.toUpperCase() !== 'FILLER') name = checkName(token.text, token.position);
  } else if (token.kind === 'number') {
    reader.fail('BAD_NAME', token.position, `${token.text} is no data name`, 'a name with at least one letter');
  } else if (token.kind === 'literal' || token.kind === 'punctuation') {
    reader.fail(
      'BAD_NAME',
      token.position,
      `${describeToken(token)} is no data name`,
      'a name of letters, digits and hyphens',
    );
  }
  const clauses = parseClauses(reader, name ?? 'FILLER');
  return { level, name, position, ...clauses, children: [], conditions: [] };
}

/** `05 :TAG:-NAME` in a member that is meant for COPY … REPLACING. */
function refuseTag(reader: TokenReader): void {
  const tag = [reader.peek(), reader.peek(1)].find(({ kind, text }) => kind === 'punctuation' && text === ':');
  if (tag === undefined) return;
  reader.fail(
    'BAD_NAME',
    tag.position,
    'the name holds a tag that nothing replaces',
    'a name of letters, digits and hyphens',
    'give a copybook that says COPY member REPLACING ==:TAG:== BY ==NAME==.',
  );
}

/** `05 SIGN PIC X.`: a reserved word where only a name makes sense. */
function isNameLikeClause(reader: TokenReader): boolean {
  const namesInUse = ['SIGN', 'VALUE', 'BLANK', 'LEADING', 'TRAILING'];
  return namesInUse.includes(reader.word()) && ['PIC', 'PICTURE'].includes(reader.word(1));
}

function checkName(name: string, position: SourcePosition): string {
  const problem = /^-|-$/.test(name)
    ? 'starts or ends with a hyphen'
    : !/[A-Za-z]/.test(name) && !/\p{L}/u.test(name) // in this order: the second takes milliseconds to prepare
      ? 'has no letter'
      : name.length > 256
        ? 'is longer than 256 characters'
        : null;
  if (problem === null) return name;
  throw new CopybookError({
    code: 'BAD_NAME',
    severity: 'error',
    position,
    message: `the name ${name.slice(0, 60)} ${problem}`,
    expected: 'a name of letters, digits and hyphens',
  });
}

function parseCondition(reader: TokenReader, levelPosition: SourcePosition): Condition {
  const token = reader.peek();
  if (token.kind !== 'word' || isClauseWord(reader.word())) {
    reader.fail('MISSING_NAME', levelPosition, 'a level 88 entry has no name', 'a condition name');
  }
  reader.take();
  const name = checkName(token.text, token.position);
  if (!reader.accept('VALUE', 'VALUES')) {
    reader.fail(
      'CONDITION_VALUE',
      reader.behind(),
      `the condition ${name} has no VALUE`,
      'VALUE and one or more literals',
    );
  }
  reader.accept('IS', 'ARE');
  const values: { from: Literal; through: Literal | null }[] = [];
  while (startsLiteral(reader) && !startsNextEntry(reader)) {
    const from = parseLiteral(reader);
    const through = reader.accept('THRU', 'THROUGH') ? parseLiteral(reader) : null;
    values.push({ from, through });
  }
  if (values.length === 0) {
    const next = reader.peek();
    if (next.kind === 'word') parseLiteral(reader); // fails: a name is no literal
    reader.fail('CONDITION_VALUE', reader.behind(), `the VALUE of condition ${name} is empty`, 'a literal');
  }
  refuseTo(reader);
  if (reader.accept('IN')) reader.take(); // the alphabet of a range
  parseFalse(reader);
  takePeriod(reader, name);
  return { name, values, position: token.position };
}

const conditionWords = new Set(['THRU', 'THROUGH', 'IN', 'WHEN', 'SET', 'TO', 'FALSE']);

/** A number before a name is the level of the next entry, the period of this one missing. */
function startsNextEntry(reader: TokenReader): boolean {
  if (reader.peek().kind !== 'number' || reader.peek(1).kind !== 'word') return false;
  return !startsLiteral(reader, 1) && !conditionWords.has(reader.word(1));
}

/** `WHEN SET TO FALSE IS literal`: what SET … TO FALSE stores, no value of the condition. */
function parseFalse(reader: TokenReader): void {
  const start = reader.peek().position;
  const words = ['WHEN', 'SET', 'TO'].filter((word) => reader.accept(word));
  if (reader.accept('FALSE')) {
    reader.accept('IS');
    parseLiteral(reader);
  } else if (words.length > 0) {
    reader.fail(
      'CLAUSE_SYNTAX',
      start,
      `${words.join(' ')} is not followed by FALSE`,
      'WHEN SET TO FALSE IS a literal',
    );
  }
}

/** `1 TO 5` reads as a range, but COBOL has another word for it. */
function refuseTo(reader: TokenReader): void {
  if (reader.word() !== 'TO' || reader.word(1) === 'FALSE') return;
  reader.fail('CLAUSE_SYNTAX', reader.peek().position, 'TO makes no range', 'THRU', 'a range is written with THRU');
}

function parseRenames(reader: TokenReader, levelPosition: SourcePosition): RenamesEntry {
  const token = reader.peek();
  if (token.kind !== 'word' || reader.word() === 'RENAMES') {
    reader.fail('MISSING_NAME', levelPosition, 'a level 66 entry has no name', 'a name');
  }
  reader.take();
  if (!reader.accept('RENAMES')) {
    reader.fail('CLAUSE_SYNTAX', reader.peek().position, 'a level 66 entry has RENAMES and nothing else', 'RENAMES');
  }
  const from = parseQualifiedName(reader, 'RENAMES');
  refuseTo(reader);
  const through = reader.accept('THRU', 'THROUGH') ? parseQualifiedName(reader, 'RENAMES … THRU') : null;
  takePeriod(reader, token.text);
  return { name: checkName(token.text, token.position), from, through, position: token.position };
}

function takePeriod(reader: TokenReader, name: string): void {
  const token = reader.peek();
  if (token.kind === 'period') {
    reader.take();
    return;
  }
  if (token.kind === 'number' || token.kind === 'end') {
    reader.fail('MISSING_PERIOD', reader.behind(), `the entry of ${name} does not end with a period`, 'a period');
  }
  reader.fail('CLAUSE_SYNTAX', token.position, `${describeToken(token)} cannot stand here`, 'a period');
}
