import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import { SettingsError, type SettingsProblem } from '../../../src/settings/settings-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'overpunch-protocol-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

/** The copybooks of a small protocol: a header of 16 bytes, a question, its answer and an announcement. */
export const copybooks: Readonly<Record<string, string>> = {
  'HDR.cpy': `       01  HDR.
           05  HDR-LENGTH      PIC 9(4) COMP.
           05  HDR-TYPE        PIC X(2).
           05  HDR-WAY         PIC X.
           05  HDR-FLAGS       GROUP-USAGE BIT.
               10  HDR-PACKED  PIC 1.
               10  HDR-AGAIN   PIC 1.
               10  FILLER      PIC 1(6).
           05  HDR-KEY         PIC 9(4).
           05  HDR-NUMBER      PIC 9(5) COMP-3.
           05  HDR-TIME        PIC 9(10) COMP-3.
`,
  'Q1.cpy': `       01  Q1.
           05  Q1-NAME         PIC X(8).
           05  Q1-KIND         PIC X.
           05  Q1-DATA         PIC X(6).
           05  Q1-NUMBER REDEFINES Q1-DATA PIC 9(6).
           05  Q1-COUNT        PIC 9.
           05  Q1-ITEM         PIC X(3) OCCURS 0 TO 4 DEPENDING ON Q1-COUNT.
`,
  'R1.cpy': `       01  R1.
           05  R1-STATUS       PIC 9.
           05  R1-TEXT         PIC X(40).
`,
  'N1.cpy': `       01  N1.
           05  N1-TEXT         PIC X(20).
`,
};

/** Its catalog. */
export const catalogText = `protocol: SMALL
header:
  copybook: HDR.cpy
  fields: { type: HDR-TYPE, direction: HDR-WAY, key: HDR-KEY, sequence: HDR-NUMBER, time: HDR-TIME, length: HDR-LENGTH, flags: HDR-FLAGS }
  direction: { request: Q, response: R, notice: [A, B] }
  time: { format: seconds }
types:
  Q1: { copybook: Q1.cpy, role: request, pairsWith: R1, views: ['Q1-KIND:N=Q1-NUMBER', 'Q1-DATA=Q1-DATA'] }
  R1: { copybook: R1.cpy, role: response, pairsWith: Q1, compression: { scheme: nje, flag: HDR-PACKED } }
  N1: { copybook: N1.cpy, role: notice }
`;

/** Write a catalog with copybooks into a folder of its own; gives the catalog's file. Other files by their names; \`null\`: left out. */
export function writeProtocol(text: string = catalogText, files: Readonly<Record<string, string | null>> = {}): string {
  count += 1;
  const own = join(folder, String(count));
  mkdirSync(own);
  for (const [name, content] of Object.entries({ ...copybooks, ...files })) {
    if (content === null) continue;
    mkdirSync(dirname(join(own, name)), { recursive: true });
    writeFileSync(join(own, name), content);
  }
  writeFileSync(join(own, 'catalog.yaml'), text);
  return join(own, 'catalog.yaml');
}

/** Problems as `LINE:COLUMN CODE: message`, the severity before the code where it is no error. */
export function shownProblems(problems: readonly SettingsProblem[]): readonly string[] {
  return problems.map(
    ({ code, severity, position: { line, column }, message }) =>
      `${line}:${column} ${severity === 'error' ? '' : `${severity} `}${code}: ${message}`,
  );
}

/** What is wrong with a catalog that does not load. */
export function problemsOf(file: string): readonly SettingsProblem[] {
  try {
    loadCatalog(file);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}
