import type { Code } from '../errors.ts';

interface Advice {
  readonly expected: string;
  readonly hint: string;
}

const size: Advice = {
  expected: 'a record of at most 256 MiB',
  hint: 'check the repetitions and the OCCURS numbers for a digit too many',
};

/** What a diagnostic says about its code when the place that reports it has nothing better to say. */
export const standingAdvice: ReadonlyMap<Code, Advice> = new Map<Code, Advice>([
  [
    'COPYBOOK_TOO_LARGE',
    { expected: 'at most 16 MiB of text', hint: 'is this a data file? give the copybook with --copybook' },
  ],
  ['COPY_NOT_FOUND', { expected: 'a file of that name', hint: 'name the folder of the members with -I' }],
  ['COPY_OUTSIDE', { expected: 'a member below one of the folders', hint: 'name the folder of the members with -I' }],
  ['COPY_DEPTH', { expected: 'at most 32 members in one another', hint: 'does a member copy itself?' }],
  [
    'COPY_SYNTAX',
    {
      expected: 'COPY member [REPLACING …] and a period',
      hint: 'for example: COPY CUSTREC REPLACING ==:TAG:== BY ==CUST==.',
    },
  ],
  [
    'BAD_CONTINUATION',
    {
      expected: 'a line to continue',
      hint: 'column 7 is the indicator in fixed format: with --source-format free it is text',
    },
  ],
  [
    'UNTERMINATED_LITERAL',
    { expected: 'a closing quotation mark', hint: 'in fixed format only columns 8 to 72 are read' },
  ],
  ['UNTERMINATED_EXEC', { expected: 'END-EXEC', hint: 'EXEC … END-EXEC is skipped, so its end must be there' }],
  ['UNTERMINATED_PSEUDO_TEXT', { expected: '==', hint: 'pseudo-text stands between == and ==' }],
  ['BAD_LITERAL', { expected: 'a literal in quotation marks', hint: "double a quotation mark inside: 'IT''S'" }],
  [
    'BAD_CHARACTER',
    {
      expected: 'letters, digits, hyphens and the COBOL punctuation',
      hint: 'retype the line: text pasted from a document carries other characters',
    },
  ],
  ['NO_DATA_DIVISION', { expected: 'DATA DIVISION', hint: 'give a copybook, or a program that describes records' }],
  [
    'NO_ITEMS',
    {
      expected: 'entries such as 01 NAME. and 05 FIELD PIC X(10).',
      hint: 'is everything commented out, or is --source-format wrong?',
    },
  ],
  ['MISSING_PERIOD', { expected: 'a period', hint: 'end every data description entry with a period' }],
  [
    'MISSING_LEVEL',
    {
      expected: 'a level number: 01 to 49, 66, 77 or 88',
      hint: 'does a period stand in the middle of the entry before?',
    },
  ],
  [
    'BAD_LEVEL',
    { expected: 'a level number: 01 to 49, 66, 77 or 88', hint: 'a group has a smaller number than the items in it' },
  ],
  [
    'BAD_NAME',
    { expected: 'a name of letters, digits and hyphens', hint: 'or leave the name out: the item is then FILLER' },
  ],
  ['MISSING_NAME', { expected: 'a name', hint: 'only items of level 01 to 49 may go without' }],
  [
    'UNKNOWN_CLAUSE',
    {
      expected: 'a clause, or the period that ends the entry',
      hint: 'is it misspelt, or is a period missing before it?',
    },
  ],
  ['DUPLICATE_CLAUSE', { expected: 'each clause once', hint: 'is a period missing between two entries?' }],
  ['CONFLICTING_CLAUSES', { expected: 'one of the two', hint: 'remove the clause that does not fit the item' }],
  ['CLAUSE_SYNTAX', { expected: 'a complete clause', hint: 'docs/copybooks.md lists the clauses and their forms' }],
  [
    'MISSING_PICTURE',
    { expected: 'PIC and a character-string', hint: 'or the level numbers of the entries below it are too small' },
  ],
  ['UNEXPECTED_PICTURE', { expected: 'no PICTURE', hint: 'remove the PICTURE, or choose another usage' }],
  [
    'BAD_PICTURE',
    { expected: 'a picture such as X(10), S9(7)V99 or ZZ,ZZ9.99-', hint: 'a picture goes up to the next blank' },
  ],
  ['PICTURE_TOO_LARGE', size],
  ['RECORD_TOO_LARGE', size],
  [
    'USAGE_PICTURE',
    { expected: 'a usage and a picture that go together', hint: 'COMP-n wants digits, text is DISPLAY' },
  ],
  ['USAGE_CONFLICT', { expected: 'the usage of the group', hint: 'a USAGE on a group holds for every item in it' }],
  [
    'SIGN_UNSUITABLE',
    { expected: 'SIGN on a numeric DISPLAY item', hint: 'packed and binary items carry their sign themselves' },
  ],
  ['SYNC_UNSUITABLE', { expected: 'SYNCHRONIZED on a binary item', hint: 'remove SYNCHRONIZED' }],
  ['BAD_VALUE', { expected: 'a literal', hint: 'put text in quotation marks' }],
  [
    'BAD_OCCURS',
    { expected: 'OCCURS n, or OCCURS m TO n DEPENDING ON name', hint: 'a table has 1 to 268435456 entries' },
  ],
  ['OCCURS_LEVEL', { expected: 'OCCURS at level 02 to 49', hint: 'put a group between the 01 and the table' }],
  ['REDEFINES_UNKNOWN', { expected: 'an item before it', hint: 'is the name misspelt, or in another group?' }],
  ['REDEFINES_LEVEL', { expected: 'the level of the item it redefines', hint: 'give both the same level number' }],
  [
    'REDEFINES_BETWEEN',
    { expected: 'the item directly before it', hint: 'move the REDEFINES directly behind its target' },
  ],
  [
    'RENAMES_UNKNOWN',
    { expected: 'an item of the record before it', hint: 'level 66 entries stand at the end of their record' },
  ],
  ['RENAMES_RANGE', { expected: 'items in their order', hint: 'RENAMES first THRU last' }],
  ['CONDITION_MISPLACED', { expected: 'an item before it', hint: 'a level 88 entry stands behind the item it tests' }],
  ['CONDITION_VALUE', { expected: 'VALUE and one or more literals', hint: "for example: 88 IS-OPEN VALUE 'O'." }],
  [
    'COUNTER_UNKNOWN',
    { expected: 'a numeric item of the record', hint: '--odo maximum reads tables that always take all their slots' },
  ],
  [
    'COUNTER_BEHIND',
    { expected: 'an item before the table', hint: '--odo maximum reads tables that always take all their slots' },
  ],
  ['COUNTER_TYPE', { expected: 'a numeric item without decimals', hint: 'the counter of a table is a whole number' }],
  ['NAME_AMBIGUOUS', { expected: 'a name that is unique', hint: 'qualify it: NAME OF GROUP' }],
  ['DEPTH', { expected: 'at most 49 groups in one another', hint: 'check the level numbers' }],
]);
