/**
 * Write the COBOL program of a fixture case: it fills the copybook's records, prints where the compiler put every item
 * and what it holds, and writes the records to a file.
 *
 * The program is good in fixed and in free format: everything stands in columns 8 to 72.
 *
 * What it prints, one line each: `L|record|item|offset|length` for every item, `R|record|length` for every record
 * written, then for each of its values `N|item|offset|digits` (sign, 20 digits, 18 decimals), `W|item|offset|digits` (sign, 38
 * digits), `F|item|offset|float`, `T|item|offset|text|`, `E|item|offset|digits|text|` (numeric-edited, with the number the compiler
 * reads back).
 */
const indent = '           ';

/** Kinds of items in `case.json` with a value; `layout` items have none. */
export const valueKinds = ['numbers', 'wholes', 'floats', 'texts', 'edited', 'pointers'];

const moves = {
  numbers: (item) => [`MOVE ${item}`, '  TO W-NUMBER'],
  wholes: (item) => [`MOVE ${item}`, '  TO W-WHOLE'],
  floats: () => [],
  texts: () => [],
  edited: (item) => [`MOVE ${item}`, '  TO W-NUMBER'],
  pointers: (item) => [`SET W-POINTER TO ${item}`, 'MOVE W-ADDRESS TO W-NUMBER'],
};

const shows = {
  numbers: () => ['N', ['W-NUMBER-TEXT']],
  wholes: () => ['W', ['W-WHOLE-TEXT']],
  floats: (item) => ['F', [item]],
  texts: (item) => ['T', [item, '"|"']],
  edited: (item) => ['E', ['W-NUMBER-TEXT', '"|"', item, '"|"']],
  pointers: () => ['N', ['W-NUMBER-TEXT']],
};

/** An item of `case.json` is its reference, or `{item, when}` for one that only some records hold. */
function reference(entry) {
  return typeof entry === 'string' ? { item: entry, when: null } : entry;
}

/** Take the subscripts off a reference: `A OF B(2)` is `A OF B`, for LENGTH OF. */
function withoutSubscripts(item) {
  return item.replace(/\(.*\)$/, '').trim();
}

function offsetOf(item) {
  return [`SET W-POINTER TO ADDRESS OF ${item}`, 'COMPUTE W-OFFSET = W-ADDRESS - W-RECORD-ADDRESS'];
}

function layoutStatements(record, item) {
  return [
    ...offsetOf(item),
    `MOVE LENGTH OF ${withoutSubscripts(item)}`,
    '  TO W-LENGTH',
    `DISPLAY "L|${record}|"`,
    `  "${item}|" W-OFFSET "|" W-LENGTH`,
  ];
}

function valueStatements(kind, entry) {
  const { item, when } = reference(entry);
  const [letter, parts] = shows[kind](item);
  const statements = [
    ...offsetOf(item),
    ...moves[kind](item),
    `DISPLAY "${letter}|${item}|" W-OFFSET "|"`,
    ...parts.map((part) => `  ${part}`),
  ];
  return when === null ? statements : [`IF ${when}`, ...statements.map((line) => `  ${line}`), 'END-IF'];
}

/** Every item of a record: those with values, and groups and others without. */
function itemsOf(record) {
  const entries = ['layout', ...valueKinds].flatMap((kind) => record[kind] ?? []);
  return [...new Set(entries.map((entry) => reference(entry).item))];
}

function paragraphs(record) {
  const { name } = record;
  const lines = [
    `       WRITE-${name}.`,
    `${indent}SET W-POINTER TO ADDRESS OF ${name}`,
    `${indent}MOVE W-ADDRESS TO W-RECORD-ADDRESS`,
    `${indent}IF W-SHOWN-${name} = 0`,
    `${indent}  MOVE 1 TO W-SHOWN-${name}`,
    `${indent}  PERFORM LAYOUT-${name}`,
    `${indent}END-IF`,
    `${indent}MOVE LENGTH OF ${name} TO W-LENGTH`,
    `${indent}DISPLAY "R|${name}|" W-LENGTH`,
    `${indent}PERFORM SHOW-${name}`,
    `${indent}MOVE LENGTH OF ${name} TO W-LENGTH`,
    `${indent}SET ADDRESS OF W-IMAGE TO W-RECORD-POINTER`,
    `${indent}MOVE W-IMAGE(1:W-LENGTH) TO W-RECORD`,
    `${indent}WRITE W-RECORD.`,
    `       LAYOUT-${name}.`,
  ];
  for (const item of [name, ...itemsOf(record).filter((other) => other !== name)]) {
    lines.push(...layoutStatements(name, item).map((line) => indent + line));
  }
  lines.push(`${indent}CONTINUE.`, `       SHOW-${name}.`);
  for (const kind of valueKinds) {
    for (const entry of record[kind] ?? []) {
      lines.push(...valueStatements(kind, entry).map((line) => indent + line));
    }
  }
  lines.push(`${indent}CONTINUE.`);
  return lines;
}

/** EDIT-ALL moves one item to all edited items of the first record. */
function editParagraph({ from, to }) {
  return ['       EDIT-ALL.', ...to.map((item) => `${indent}MOVE ${from} TO ${item}`), `${indent}CONTINUE.`];
}

/**
 * Make the text of `write.cob`.
 *
 * @param {{specialNames?: string[], fragment?: string, declare?: string[], records: {name: string}[]}} spec what `case.json` says
 * @param {string} fill statements that fill the records and perform WRITE-name for each one
 */
export function cobolProgram(spec, fill) {
  const lines = [
    '       IDENTIFICATION DIVISION.',
    '       PROGRAM-ID. FIXTURE.',
    '       ENVIRONMENT DIVISION.',
    ...(spec.specialNames === undefined
      ? []
      : [
          '       CONFIGURATION SECTION.',
          '       SPECIAL-NAMES.',
          ...spec.specialNames.map((clause) => indent + clause),
          `${indent}.`,
        ]),
    '       INPUT-OUTPUT SECTION.',
    '       FILE-CONTROL.',
    `${indent}SELECT W-FILE ASSIGN TO "data.bin"`,
    `${indent}  ORGANIZATION IS SEQUENTIAL.`,
    '       DATA DIVISION.',
    '       FILE SECTION.',
    '       FD W-FILE',
    `${indent}RECORD IS VARYING IN SIZE FROM 1 TO 9999`,
    `${indent}  DEPENDING ON W-LENGTH.`,
    '       01 W-RECORD PIC X(9999).',
    '       WORKING-STORAGE SECTION.',
    ...(spec.fragment === undefined ? [] : [`       01 ${spec.fragment}.`]),
    ...(spec.include ?? ['       COPY "copybook.cpy".']),
    '       01 W-POINTER USAGE POINTER.',
    '       01 W-ADDRESS REDEFINES W-POINTER PIC S9(18) COMP-5.',
    '       01 W-RECORD-POINTER USAGE POINTER.',
    '       01 W-RECORD-ADDRESS REDEFINES W-RECORD-POINTER',
    `${indent}PIC S9(18) COMP-5.`,
    '       01 W-OFFSET PIC 9(6).',
    '       01 W-LENGTH PIC 9(6).',
    '       01 W-NUMBER PIC S9(20)V9(18) SIGN LEADING SEPARATE.',
    '       01 W-NUMBER-TEXT REDEFINES W-NUMBER PIC X(39).',
    '       01 W-WHOLE PIC S9(38) SIGN LEADING SEPARATE.',
    '       01 W-WHOLE-TEXT REDEFINES W-WHOLE PIC X(39).',
    ...spec.records.map(({ name }) => `       01 W-SHOWN-${name} PIC 9 VALUE 0.`),
    ...(spec.declare ?? []).map((line) => `       ${line}`),
    '       LINKAGE SECTION.',
    '       01 W-IMAGE PIC X(9999).',
    '       PROCEDURE DIVISION.',
    '       MAIN-PARAGRAPH.',
    `${indent}OPEN OUTPUT W-FILE.`,
    ...fill.trimEnd().split('\n'),
    `${indent}CLOSE W-FILE.`,
    `${indent}STOP RUN.`,
    ...(spec.edit === undefined ? [] : editParagraph(spec.edit)),
    ...spec.records.flatMap(paragraphs),
  ];
  return `${lines.join('\n')}\n`;
}
