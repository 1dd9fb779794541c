import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from '../../../src/copybook/copybook-error.ts';
import { checkCatalog } from '../../../src/frames/catalog/check-catalog.ts';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import { catalogText, shownProblems, writeProtocol } from './protocol.ts';

/** What is found in the small protocol after replacing parts of its catalog, and with these files. */
function found(
  changes: readonly (readonly [string, string])[],
  files: Record<string, string | null> = {},
): readonly string[] {
  let text = catalogText;
  for (const [part, instead] of changes) {
    expect(text).toContain(part);
    text = text.replace(part, instead);
  }
  return shownProblems(checkCatalog(loadCatalog(writeProtocol(text, files))));
}

describe('checking a catalog', () => {
  test('finds nothing in a good one', () => {
    expect(found([])).toEqual([]);
  });

  test('finds every copybook that is missing or malformed, the latter at its own place', () => {
    const file = writeProtocol(catalogText, { 'Q1.cpy': '       01  Q1.\n           05  A PIX X.\n', 'N1.cpy': null });
    const problems = checkCatalog(loadCatalog(file));
    expect(problems.map(({ position }) => position.file.split(/[\\/]/).at(-1))).toEqual(['Q1.cpy', 'catalog.yaml']);
    expect(shownProblems(problems)[1]).toMatch(/^10:19 CATALOG_COPYBOOK: the copybook .*N1\.cpy cannot be read/);
  });

  test('finds each view, field setting and record that names nothing', () => {
    expect(
      found([
        ["'Q1-KIND:N=Q1-NUMBER'", "'Q1-KYND:N=Q1-NUMBER', 'Q1-KIND:N=Q1-NAME'"],
        ['R1.cpy, role', 'R1.cpy, fields: { R1-STATUS: [hex, sex], R1-TXT: hex }, role'],
        ['N1.cpy, role', 'N1.cpy, record: N2, role'],
      ]),
    ).toEqual([
      expect.stringMatching(/^8:65 CATALOG_FIELD: no field is named Q1-KYND/),
      expect.stringMatching(/^8:88 CATALOG_FIELD: Q1-NAME neither redefines/),
      expect.stringMatching(/^9:54 CATALOG_FIELD: R1-STATUS=sex is no field setting/),
      expect.stringMatching(/^9:68 CATALOG_FIELD: no field is named R1-TXT/),
      expect.stringMatching(/^10:35 CATALOG_FIELD: the copybook has no record N2/),
    ]);
  });

  test('finds the fields of events that neither side of a pair has', () => {
    const events = `events: [{ event: e, when: ['response.R1_STATUS == 0', 'request.Q1-COUNT = 1', 'R1_STATUS == 2'],
      fields: { a: request.Q1-NAME, b: response.HDR-TIME, c: Q1-NAMES, d: response.Q1-NAME } }]`;
    expect(
      found([
        ["'Q1-DATA=Q1-DATA']", `'Q1-DATA=Q1-DATA'], ${events}`],
        ['role: notice', 'role: notice, events: [{ event: f, fields: { a: request.N1-TEXT } }]'],
      ]),
    ).toEqual([
      expect.stringMatching(/^9:62 CATALOG_FIELD: Q1 has no field Q1-NAMES/),
      expect.stringMatching(/^9:75 CATALOG_FIELD: R1 has no field Q1-NAME/),
      '8:181 CATALOG_CONDITION: a condition compares with ==, not with =',
      '8:188 CATALOG_FIELD: Q1 has no field R1_STATUS',
      expect.stringMatching(/^11:75 CATALOG_FIELD: N1 pairs with no request/),
    ]);
  });

  test('finds types that no frame can be of', () => {
    expect(
      found([
        ['role: notice', 'role: notice, when: { HDR-TYPE: [N1, LONG, "\u4e2d", ""] }'],
        ['  N1:', '  N2: { copybook: N1.cpy, role: notice, when: { HDR-TYPE: R1 } }\n  N1:'],
      ]),
    ).toEqual([
      '10:3 CATALOG_UNREACHABLE: every frame of N2 is taken for R1, line 9',
      "11:59 CATALOG_UNREACHABLE: HDR-TYPE is never 'LONG'",
      "11:59 CATALOG_UNREACHABLE: HDR-TYPE is never '\u4e2d'",
    ]);
    const numeric = { 'HDR.cpy': '       01 H.\n           05 T PIC 99.\n           05 K PIC 9.\n' };
    const text = 'protocol: P\nheader: { copybook: HDR.cpy, fields: { type: T, key: K } }\ntypes:\n';
    const types = ['01', '1.0', 'AB', '100']
      .map((name) => `  '${name}': { copybook: N1.cpy, role: notice }\n`)
      .join('');
    const file = writeProtocol(text + types, { ...numeric, 'Q1.cpy': null, 'R1.cpy': null });
    expect(shownProblems(checkCatalog(loadCatalog(file)))).toEqual([
      '5:3 CATALOG_UNREACHABLE: every frame of 1.0 is taken for 01, line 4',
      "6:9 CATALOG_UNREACHABLE: T is never 'AB'",
      "7:10 CATALOG_UNREACHABLE: T is never '100'",
    ]);
  });

  test('finds types that are told apart by some of their values only', () => {
    expect(
      found([
        ['  N1:', '  N2: { copybook: N1.cpy, role: notice, when: { HDR-TYPE: [N2, R1] } }\n  N1:'],
        ['types:', 'discriminators: [HDR-TYPE, HDR-WAY]\ntypes:'],
        ['role: notice }\n', 'role: notice, when: { HDR-TYPE: N2, HDR-WAY: A } }\n'],
      ]),
    ).toEqual([
      '11:3 CATALOG_OVERLAP: a frame can be of N2 and of R1, line 10',
      '12:3 CATALOG_UNREACHABLE: every frame of N1 is taken for N2, line 11',
    ]);
  });

  test('finds types that pair with nothing, or do not pair back', () => {
    const types = `
  Q2: { copybook: N1.cpy, role: request, pairsWith: R9 }
  Q3: { copybook: N1.cpy, role: request, pairsWith: Q2 }
  Q4: { copybook: N1.cpy, role: request, pairsWith: R1 }
  Q5: { copybook: N1.cpy, role: request }
  N2: { copybook: N1.cpy, role: notice, pairsWith: Q5 }
  N1:`;
    expect(found([['\n  N1:', types]])).toEqual([
      '10:53 CATALOG_PAIR: there is no type R9',
      '11:53 CATALOG_PAIR: Q3 and Q2 are a request and a request',
      '12:53 CATALOG_PAIR: Q4 pairs with R1, which pairs with Q1',
      '13:3 warning CATALOG_PAIR: the request Q5 pairs with nothing',
      '14:52 CATALOG_PAIR: N2 is a notice, which pairs with nothing',
    ]);
  });

  test('finds copybooks that no type uses, by itself or by COPY', () => {
    const files = {
      'N1.cpy': '       01  N1.\n           COPY PART.\n',
      'PART.cpy': '           05  P PIC X.\n',
      'LEFT.cpy': '       01  L.\n           05  P PIC X.\n',
      'notes.txt': 'none',
    };
    expect(found([], files)).toEqual([
      expect.stringMatching(/^7:1 note CATALOG_UNUSED: no type uses the copybook .*LEFT\.cpy$/),
    ]);
  });

  test('finds bodies that their compression has no form for, and frames that are too long', () => {
    expect(
      found([
        ['{ scheme: nje, flag: HDR-PACKED }', '{ scheme: bitmap, fields: [1, 39] }'],
        ['  time:', '  maximum: 30\n  time:'],
      ]),
    ).toEqual([
      expect.stringMatching(/^9:\d+ CATALOG_UNREACHABLE: frames of Q1 have at least 35 bytes/),
      expect.stringMatching(/^10:\d+ CATALOG_FIELD: the fields have 40 bytes together/),
      expect.stringMatching(/^11:\d+ CATALOG_UNREACHABLE: frames of N1 have at least 39 bytes/),
    ]);
  });

  test('finds bodies that should start with the header and do not', () => {
    expect(found([['HDR.cpy\n', 'HDR.cpy\n  included: true\n']]).filter((text) => text.includes('HDR-TYPE'))).toEqual([
      '9:19 CATALOG_FIELD: Q1 has no HDR-TYPE at byte 2, where the header has it',
      '10:19 CATALOG_FIELD: R1 has no HDR-TYPE at byte 2, where the header has it',
      '11:19 CATALOG_FIELD: N1 has no HDR-TYPE at byte 2, where the header has it',
    ]);
  });

  test('gives problems that can be printed like those of copybooks', () => {
    const [problem] = checkCatalog(loadCatalog(writeProtocol(catalogText.replace(', pairsWith: R1', ''))));
    expect(problem === undefined ? '' : formatDiagnostic(problem)).toMatch(
      /catalog\.yaml:8:3: CATALOG_PAIR: warning: the request Q1 pairs with nothing\n {6}Q1: .*\n {6}\^\n {2}expected: /,
    );
  });
});
