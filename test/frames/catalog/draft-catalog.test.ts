import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkCatalog } from '../../../src/frames/catalog/check-catalog.ts';
import { type DraftOptions, draftCatalog } from '../../../src/frames/catalog/draft-catalog.ts';
import { guessRoles } from '../../../src/frames/catalog/guess-roles.ts';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import { copybooks, writeProtocol } from './protocol.ts';

/** The draft for a folder with the small protocol's copybooks and these files; it has been loaded. */
function draft(files: Record<string, string | null> = {}, options: Partial<DraftOptions> = {}): string {
  const file = writeProtocol('', files);
  const folder = dirname(file);
  const text = draftCatalog({ copybooks: folder, header: join(folder, 'HDR.cpy'), protocol: 'SMALL', ...options });
  writeFileSync(file, text);
  loadCatalog(file);
  return text;
}

describe('the draft of a catalog', () => {
  test('guesses the fields of the header, roles and pairs, and says from what', () => {
    expect(
      draft({
        'HDR.cpy': `${copybooks['HDR.cpy']}`.replace(
          'PIC X.\n           05  HDR-FLAGS',
          "PIC X.\n             88  QUESTION VALUE 'Q'.\n             88  ANSWER   VALUE 'R'.\n           05  HDR-FLAGS",
        ),
      }),
    ).toBe(`# A draft: look through what is guessed, and through what is commented out.
# overpunch catalog check says what does not fit together.
protocol: SMALL
description: to fill in
decoding:
  codepage: cp037 # guessed: which code page is the text in?

header:
  copybook: HDR.cpy
  fields:
    type: HDR-TYPE # guessed: its name says TYPE
    direction: HDR-WAY # guessed: its name says WAY
    key: HDR-KEY # guessed: its name says KEY
    sequence: HDR-NUMBER # guessed: its name says NUMBER
    time: HDR-TIME # guessed: its name says TIME
    length: HDR-LENGTH # guessed: its name says LENGTH
    flags: HDR-FLAGS # guessed: its name says FLAGS
  direction:
    request: Q # guessed: level 88 QUESTION
    response: R # guessed: level 88 ANSWER
  time: { format: seconds } # guessed: 10 digits
  length: { counts: frame } # guessed: or does it count the body alone?

types:
  N1:
    copybook: N1.cpy
    role: notice # guessed: its name starts with N
  Q1:
    copybook: Q1.cpy
    role: request # guessed: there is R1
    pairsWith: R1 # guessed: by its name
  R1:
    copybook: R1.cpy
    role: response # guessed: there is Q1
    pairsWith: Q1 # guessed: by its name
`);
  });

  test('leaves out copybooks that are wrong or parts of others, and says what is to be filled in', () => {
    const text = draft({
      'N1.cpy': '       01  N1.\n           COPY PART.\n',
      'PART.cpy': '           05  P PIC X.\n',
      'WRONG.cpy': '       01  W.\n           05  A PIX X.\n',
      'ALONE-REQ.cpy': '       01  A.\n           05  B PIC X.\n       01  C.\n           05  D PIC X.\n',
    });
    expect(text).toContain('  # PART.cpy is left out: another copybook copies it\n');
    expect(text).toMatch(/ {2}# WRONG\.cpy is left out: .*PIX/);
    expect(text).toContain(`  ALONE-REQ:
    copybook: ALONE-REQ.cpy
    role: request # guessed: its name says REQ
    # to fill in: pairsWith: the type that it goes with
    # to fill in: the value of HDR-TYPE in such a frame, which has no room for the name
    # when: { HDR-TYPE: value }
    record: A # guessed: the first of 2
`);
  });

  test('numbers types whose copybooks have the same name but for case and ending', () => {
    const text = draft({ 'Q1.cbl': '       01  Q.\n           05  A PIC X.\n', 'q1.cob': 'no copybook' });
    expect(text).toMatch(/ {2}Q1:\n {4}copybook: Q1\.cbl\n(?:.*\n)* {2}Q1-2:\n {4}copybook: Q1\.cpy\n/);
  });

  test('takes any field for what a header needs when no name tells', () => {
    const header = '       01  H.\n           05  A PIC X(2).\n           05  B PIC X(4).\n';
    const text = draft({ 'HDR.cpy': header });
    expect(text).toContain('type: A # guessed: no name tells');
    expect(text).toContain('key: B # guessed: no name tells');
    expect(draft({ 'HDR.cpy': '       01  H.\n           05  A PIC X(2).\n' })).toContain('key: A');
  });

  test('sees that the copybooks start with the header', () => {
    const bodies = Object.fromEntries(
      ['Q1', 'R1', 'N1'].map((name) => [`${name}.cpy`, `       COPY HDR.\n           05  ${name}-X PIC X.\n`]),
    );
    expect(draft(bodies)).toContain('  included: true # guessed');
  });

  test('says that copybooks outside of the folder of the catalog need a word from the user', () => {
    const folder = dirname(writeProtocol(''));
    const text = draftCatalog({ copybooks: folder, header: join(folder, 'HDR.cpy'), into: join(folder, 'below') });
    expect(text).toContain('--allow-outside');
    expect(parse(text)).toMatchObject({ header: { copybook: '../HDR.cpy' } });
  });

  test('is an error for a folder that is missing and a header that is none', () => {
    const folder = dirname(
      writeProtocol('', { 'TWO.cpy': '       01 A.\n           05 B PIC X.\n       01 C.\n           05 D PIC X.\n' }),
    );
    expect(() => draftCatalog({ copybooks: join(folder, 'none'), header: join(folder, 'HDR.cpy') })).toThrow(
      /cannot be read/,
    );
    expect(() => draftCatalog({ copybooks: folder, header: join(folder, 'none') })).toThrow(/cannot be read/);
    expect(() => draftCatalog({ copybooks: folder, header: join(folder, 'TWO.cpy') })).toThrow(
      /has to describe one group/,
    );
  });

  test('of the sample protocol finds all fields, roles and pairs', () => {
    const sample = fileURLToPath(new URL('../../../copybooks/itc', import.meta.url));
    const wanted = loadCatalog(join(sample, 'catalog.yaml'));
    const file = writeProtocol('');
    const folder = join(dirname(file), 'itc');
    cpSync(sample, folder, { recursive: true });
    rmSync(join(folder, 'catalog.yaml'));
    const text = draftCatalog({
      copybooks: folder,
      header: join(folder, 'ITCHDR.cpy'),
      decoding: { codepage: 'IBM1147' },
    });
    writeFileSync(join(folder, 'catalog.yaml'), text);
    const made = loadCatalog(join(folder, 'catalog.yaml'));
    const names = (catalog: typeof made): unknown =>
      Object.entries(catalog.header.fields).map(([part, item]) => [part, item?.name]);
    expect(names(made)).toEqual(names(wanted));
    const pairs = (catalog: typeof made): unknown =>
      new Map(catalog.types.map(({ name, role, pairsWith }) => [name, { role, pairsWith }]));
    expect(pairs(made)).toEqual(pairs(wanted));
    expect(checkCatalog(made).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('guessing roles', () => {
  test.each([
    ['T031', 'R031'],
    ['Q7', 'A7'],
    ['D12', 'R12'],
    ['BET-REQ', 'BET-RSP'],
    ['BETREQUEST', 'BETRESPONSE'],
    ['PARI-QUESTION', 'PARI-REPONSE'],
    ['REQ-PAY', 'RESP-PAY'],
    ['ODDS_QUERY', 'ODDS_ANSWER'],
  ])('takes %s for the request of %s', (request, response) => {
    const roles = guessRoles([response, 'OTHER', request]);
    expect(roles.get(request)).toMatchObject({ role: { value: 'request' }, pairsWith: response });
    expect(roles.get(response)).toMatchObject({ role: { value: 'response' }, pairsWith: request });
    expect(roles.get('OTHER')).toMatchObject({ role: { value: 'notice' }, pairsWith: null });
  });

  test('pairs nothing that could go with two', () => {
    const roles = guessRoles(['BET-REQ', 'BET-RSP', 'BET-REPLY']);
    expect(roles.get('BET-REQ')?.pairsWith).toBeNull();
  });
});
