/**
 * Write the COBOL program of a case in `fixtures/cobol-reads`: it reads a file record by record and prints every item.
 *
 * The copybook is the record of the FD. Only where records of fixed length hold OCCURS DEPENDING ON it lies over the record in the
 * LINKAGE SECTION: as the record of the FD it would make the file one of varying length.
 *
 * What it prints, one line each: `R` for every record, then `N|item|digits` (sign, 20 digits, 18 decimals), `W|item|digits` (sign,
 * 38 digits), `F|item|float`, `T|item|text|`, `E|item|digits|text|again|`: the number that the compiler reads in a
 * numeric-edited item, its text, and the text when the compiler edits that number again.
 */
const indent = '           ';

/** Kinds of items in `case.json`; `right` are texts that are JUSTIFIED. */
export const kinds = ['numbers', 'wholes', 'floats', 'texts', 'right', 'edited'];

/** `DISPLAY "N|item|"` and the operands on lines of their own: nothing goes beyond column 72. */
function display(letter, item, ...operands) {
  return [`DISPLAY "${letter}|${item}|"`, ...operands.map((operand) => `  ${operand}`)];
}

const shows = {
  numbers: (item) => [`MOVE ${item}`, '  TO W-NUMBER', ...display('N', item, 'W-NUMBER-TEXT')],
  wholes: (item) => [`MOVE ${item}`, '  TO W-WHOLE', ...display('W', item, 'W-WHOLE-TEXT')],
  floats: (item) => display('F', item, item),
  texts: (item) => display('T', item, item, '"|"'),
  right: (item) => display('T', item, item, '"|"'),
  edited: (item) => [
    `MOVE ${item}`,
    '  TO W-NUMBER',
    ...display('E', item, 'W-NUMBER-TEXT', '"|"', item, '"|"', 'WITH NO ADVANCING'),
    `MOVE W-NUMBER TO`,
    `  ${item}`,
    `DISPLAY ${item} "|"`,
  ],
};

const organizations = {
  sequential: { select: 'ORGANIZATION IS SEQUENTIAL', record: () => [] },
  line: { select: 'ORGANIZATION IS LINE SEQUENTIAL', record: () => [] },
  varying: {
    select: 'ORGANIZATION IS SEQUENTIAL',
    record: ({ length }) => [`RECORD IS VARYING FROM 1 TO ${length}`, '  DEPENDING ON W-LENGTH'],
  },
};

/** The references in an entry of `case.json` and on what condition a record has them: `T(n)` of `{item, times, count}` for each n. */
function references(entry) {
  if (typeof entry === 'string') return [{ item: entry, when: null }];
  if (entry.count === undefined) return [{ item: entry.item, when: entry.when }];
  return Array.from({ length: entry.times }, (_, index) => ({
    item: `${entry.item}(${index + 1})`,
    when: `${entry.count} NOT < ${index + 1}`,
  }));
}

function showStatements(kind, entry) {
  return references(entry).flatMap(({ item, when }) => {
    const statements = shows[kind](item);
    return when === null ? statements : [`IF ${when}`, ...statements.map((line) => `  ${line}`), 'END-IF'];
  });
}

/**
 * Make the text of `read-ORGANIZATION.cob`.
 *
 * @param {{record: string, length?: number}} spec what `case.json` says; `length` is that of the longest record, where they differ
 * @param {'sequential' | 'line' | 'varying'} organization
 */
export function readerProgram(spec, organization) {
  const { select, record } = organizations[organization];
  const overlaid = organization === 'sequential' && spec.length !== undefined;
  const copybook = '       COPY "copybook.cpy".';
  const shown = kinds.flatMap((kind) => (spec[kind] ?? []).flatMap((entry) => showStatements(kind, entry)));
  const lines = [
    '       IDENTIFICATION DIVISION.',
    '       PROGRAM-ID. READER.',
    '       ENVIRONMENT DIVISION.',
    '       INPUT-OUTPUT SECTION.',
    '       FILE-CONTROL.',
    `${indent}SELECT W-FILE ASSIGN TO "data"`,
    `${indent}  ${select}`,
    `${indent}  FILE STATUS IS W-STATUS.`,
    '       DATA DIVISION.',
    '       FILE SECTION.',
    '       FD W-FILE',
    ...record(spec).map((line) => indent + line),
    `${indent}.`,
    overlaid ? `       01 W-RECORD PIC X(${spec.length}).` : copybook,
    '       WORKING-STORAGE SECTION.',
    '       01 W-STATUS PIC XX.',
    '       01 W-LENGTH PIC 9(6).',
    '       01 W-NUMBER PIC S9(20)V9(18) SIGN LEADING SEPARATE.',
    '       01 W-NUMBER-TEXT REDEFINES W-NUMBER PIC X(39).',
    '       01 W-WHOLE PIC S9(38) SIGN LEADING SEPARATE.',
    '       01 W-WHOLE-TEXT REDEFINES W-WHOLE PIC X(39).',
    ...(overlaid ? ['       LINKAGE SECTION.', copybook] : []),
    '       PROCEDURE DIVISION.',
    '       MAIN-PARAGRAPH.',
    `${indent}OPEN INPUT W-FILE.`,
    ...(overlaid ? [`${indent}SET ADDRESS OF ${spec.record} TO ADDRESS OF W-RECORD.`] : []),
    `${indent}PERFORM READ-RECORD.`,
    `${indent}PERFORM SHOW-RECORD UNTIL W-STATUS NOT = "00".`,
    `${indent}IF W-STATUS NOT = "10"`,
    `${indent}  DISPLAY "FILE STATUS " W-STATUS UPON SYSERR`,
    `${indent}  MOVE 1 TO RETURN-CODE`,
    `${indent}END-IF.`,
    `${indent}CLOSE W-FILE.`,
    `${indent}STOP RUN.`,
    '       READ-RECORD.',
    `${indent}READ W-FILE AT END CONTINUE END-READ.`,
    '       SHOW-RECORD.',
    `${indent}DISPLAY "R"`,
    ...shown.map((line) => indent + line),
    `${indent}PERFORM READ-RECORD.`,
  ];
  return `${lines.join('\n')}\n`;
}
