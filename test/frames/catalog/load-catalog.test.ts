import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CopybookError } from '../../../src/copybook/copybook-error.ts';
import { OverpunchError } from '../../../src/errors.ts';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import { SettingsError } from '../../../src/settings/settings-error.ts';
import { catalogText, problemsOf, shownProblems, writeProtocol } from './protocol.ts';

/** What is wrong with the small protocol's catalog after replacing a part of it. */
function wrong(part: string, instead: string): readonly string[] {
  expect(catalogText).toContain(part);
  return shownProblems(problemsOf(writeProtocol(catalogText.replace(part, instead))));
}

describe('a loaded catalog', () => {
  test('has the types in the order of the file, with their defaults', () => {
    const catalog = loadCatalog(writeProtocol());
    expect(
      catalog.types.map(({ index, name, title, role, pairsWith, when }) => ({
        index,
        name,
        title,
        role,
        pairsWith,
        when,
      })),
    ).toEqual([
      { index: 0, name: 'Q1', title: 'Q1', role: 'request', pairsWith: 'R1', when: [['Q1']] },
      { index: 1, name: 'R1', title: 'R1', role: 'response', pairsWith: 'Q1', when: [['R1']] },
      { index: 2, name: 'N1', title: 'N1', role: 'notice', pairsWith: null, when: [['N1']] },
    ]);
    expect(catalog.typeNamed('q1')).toBe(catalog.types[0]);
    expect(catalog.correlation).toEqual({ before: 200, after: 2000, grace: 500, disorder: 300, maxFuture: 3_600_000 });
    expect(catalog.header.length).toBe(19);
    expect(catalog.header.maximumFrame).toBe(32_760);
  });

  test('keeps the order of types whose names are numbers, and takes names and values as they are written', () => {
    const text = catalogText.replace(
      /types:[\s\S]*/,
      "types:\n  '20': { copybook: N1.cpy, role: notice }\n  010: { copybook: N1.cpy, role: notice, when: { HDR-TYPE: [0x, 007] } }\n  3: { copybook: N1.cpy, role: notice }\n",
    );
    const { types } = loadCatalog(writeProtocol(text));
    expect(types.map(({ name }) => name)).toEqual(['20', '010', '3']);
    expect(types[1]?.when).toEqual([['0x', '007']]);
  });

  test('has the codec of header and body as one record, the same at every call', () => {
    const { types } = loadCatalog(writeProtocol());
    const codec = types[0]?.codec();
    expect(codec?.records[0]?.items.map(({ name }) => name)).toEqual(expect.arrayContaining(['HDR-TYPE', 'Q1-NAME']));
    expect(codec?.maximumLength).toBe(19 + 16 + 12);
    expect(types[0]?.codec()).toBe(codec);
  });

  test('has the codec of the body alone where that starts with the header', () => {
    const text = catalogText.replace('HDR.cpy\n', 'HDR.cpy\n  included: true\n');
    const { types } = loadCatalog(
      writeProtocol(text, { 'N1.cpy': `       COPY HDR.\n           05  N1-TEXT PIC X(20).\n` }),
    );
    expect(types[2]?.codec().maximumLength).toBe(39);
  });

  test('reads the copybook of a type when its codec is asked for, and keeps the error it gave', () => {
    const file = writeProtocol(catalogText, {
      'Q1.cpy': '       01  Q1.\n           05  Q1-NAME  PIX X.\n',
      'R1.cpy': null,
    });
    const { types } = loadCatalog(file);
    const thrown = (index: number): unknown => {
      try {
        return types[index]?.codec();
      } catch (error) {
        return error;
      }
    };
    expect(thrown(0)).toBeInstanceOf(CopybookError);
    expect(thrown(1)).toBeInstanceOf(SettingsError);
    writeFileSync(join(dirname(file), 'R1.cpy'), '       01 R1.\n           05 R1-X PIC X.\n');
    expect(thrown(1)).toBe(thrown(1));
    expect(() => types[2]?.codec()).not.toThrow();
  });

  test('gives options with unknown names as an error at the type, with status 3', () => {
    const { types } = loadCatalog(writeProtocol(catalogText.replace('Q1-NUMBER', 'Q1-NUMBR')));
    expect(() => types[0]?.codec()).toThrow(/catalog\.yaml:8:3: CATALOG_FIELD: Q1: no field is named Q1-NUMBR/);
  });

  test('has masks of the flags that say what is compressed, and the bytes that words stand for', () => {
    const text = catalogText
      .replace(
        'compression: { scheme: nje, flag: HDR-PACKED }',
        'compression: { scheme: cut, flag: HDR-AGAIN, fill: zero, prime: 0xF0 }',
      )
      .replace('N1.cpy, role: notice', 'N1.cpy, role: notice, compression: sna');
    const { types } = loadCatalog(writeProtocol(text));
    expect(types.map(({ compression }) => compression)).toEqual([
      null,
      { scheme: 'cut', options: { fill: 0, prime: 0xf0 }, flag: 0x40 },
      { scheme: 'sna', options: { fill: 0x40, prime: 0x40 }, flag: 0 },
    ]);
  });

  test('has discriminators besides the type field, of which a type may leave some open', () => {
    const text = catalogText
      .replace('types:', 'discriminators: [HDR-TYPE, HDR-WAY]\ntypes:')
      .replace('N1.cpy, role: notice', 'N1.cpy, role: notice, when: { hdr-way: [A, B] }');
    const { types } = loadCatalog(writeProtocol(text));
    expect(types.map(({ when }) => when)).toEqual([
      [['Q1'], []],
      [['R1'], []],
      [[], ['A', 'B']],
    ]);
  });
});

describe('a catalog that is wrong', () => {
  test('says everything that is wrong with its form at once, with places', () => {
    const text = `protocol: ''
headr: x
header:
  copybook: HDR.cpy
  fields: { type: HDR-TYPE }
  time: { format: second }
types:
  T1: { copybook: T1.cpy, role: Request, compresion: nje, compression: [nje] }
  T2: { role: request, events: [{ event: e, fields: { a: [b] } }] }
correlation: { before: 200 }
`;
    expect(shownProblems(problemsOf(writeProtocol(text)))).toEqual([
      '1:1 CATALOG_SCHEMA: protocol is empty',
      '2:1 CATALOG_SCHEMA: the catalog has no member headr',
      '5:3 CATALOG_SCHEMA: header.fields.key is missing',
      "6:19 CATALOG_SCHEMA: header.time.format is 'second'",
      "8:33 CATALOG_SCHEMA: types.T1.role is 'Request'",
      '8:42 CATALOG_SCHEMA: types.T1 has no member compresion',
      '8:72 CATALOG_SCHEMA: types.T1.compression is a list',
      '9:3 CATALOG_SCHEMA: types.T2.copybook is missing',
      '9:58 CATALOG_SCHEMA: types.T2.events.0.fields.a is a list',
      "10:24 CATALOG_SCHEMA: correlation.before is '200'",
    ]);
  });

  test('says what was expected and what to do', () => {
    const problems = problemsOf(writeProtocol(catalogText.replace('role: notice', 'rol: notice')));
    const problem = problems.find(({ message }) => message.includes('no member'));
    expect(problem).toMatchObject({ hint: 'did you mean role?', expected: expect.stringContaining('copybook, role') });
    const error = (() => {
      try {
        return loadCatalog(writeProtocol(catalogText.replace('seconds', 'second')));
      } catch (thrown) {
        return thrown as SettingsError;
      }
    })();
    expect(error).toMatchObject({ exitStatus: 3, code: 'CATALOG_SCHEMA' });
    expect((error as SettingsError).message).toMatch(
      /catalog\.yaml:6:19: CATALOG_SCHEMA: header\.time\.format is 'second'\n {6}time: \{ format: second \}\n {22}\^\n {2}expected: one of seconds, .*\n {2}hint: did you mean seconds\?/,
    );
  });

  test('is refused for YAML that is none, files that are empty, no text or too large, and names like __proto__', () => {
    expect(shownProblems(problemsOf(writeProtocol('a: [')))[0]).toMatch(/^1:5 CATALOG_SYNTAX: /);
    expect(shownProblems(problemsOf(writeProtocol('')))).toEqual(['1:1 CATALOG_SYNTAX: the file is empty']);
    const file = writeProtocol();
    writeFileSync(file, Uint8Array.of(0x61, 0xff));
    expect(shownProblems(problemsOf(file))).toEqual(['1:1 CATALOG_SYNTAX: the file is no text in UTF-8']);
    writeFileSync(file, '#'.repeat(5 * 1024 * 1024));
    expect(shownProblems(problemsOf(file))).toEqual(['1:1 CATALOG_SYNTAX: the file is larger than 4 MiB']);
    expect(wrong('  N1:', '  __proto__: { copybook: N1.cpy, role: notice }\n  N1:')).toEqual([
      '10:3 CATALOG_SYNTAX: __proto__ is no name',
    ]);
    expect(wrong('  N1:', '  constructor: { copybook: N1.cpy, role: notice }\n  N1:')).toEqual([]);
    expect(() => loadCatalog(join(dirname(file), 'missing.yaml'))).toThrow(OverpunchError);
  });

  test('is refused for names that nothing has, and fields that cannot do what they should', () => {
    expect(wrong('key: HDR-KEY', 'key: HDR-KY')).toEqual(['4:54 CATALOG_FIELD: the header has no field HDR-KY']);
    expect(wrong('time: HDR-TIME', 'time: HDR-FLAGS')).toEqual(['4:91 CATALOG_FIELD: HDR-FLAGS is a group']);
    expect(wrong('notice: [A, B]', 'notice: [A, Q]')).toEqual([
      "5:53 CATALOG_FIELD: 'Q' stands for request and for notice",
    ]);
    expect(wrong('flag: HDR-PACKED', 'flag: HDR-WAY')).toEqual(['9:92 CATALOG_FIELD: HDR-WAY is no part of HDR-FLAGS']);
    expect(wrong('role: notice', 'role: notice, when: { HDR-WAY: A }')).toEqual([
      '10:49 CATALOG_FIELD: HDR-WAY is no discriminator',
    ]);
    expect(wrong('protocol: SMALL', 'protocol: SMALL\ndecoding: { codepage: IBM1148X }')).toEqual([
      '2:23 CATALOG_SCHEMA: no code page is named IBM1148X',
    ]);
    expect(wrong('  N1:', '  q1: { copybook: N1.cpy, role: notice }\n  N1:')).toEqual([
      '10:3 CATALOG_SCHEMA: there are two types q1',
    ]);
    expect(wrong('  N1:', '  "N\\e1":')).toEqual([expect.stringContaining('is no name of a type')]);
  });

  test('is refused for a header that is missing, malformed, of several records or of no fixed length', () => {
    const header = (content: string | null): readonly string[] =>
      shownProblems(problemsOf(writeProtocol(catalogText, { 'HDR.cpy': content })));
    expect(header(null)[0]).toMatch(/^3:13 CATALOG_COPYBOOK: the copybook .*HDR\.cpy cannot be read/);
    expect(header('       01  HDR.\n           05  A PIX X.\n')[0]).toMatch(/^2:/);
    expect(header('       01  A PIC X.\n')).toEqual(['3:13 CATALOG_COPYBOOK: the header A is no group']);
    expect(header('       01  A.\n           05 B PIC X.\n       01  C.\n           05 D PIC X.\n')).toEqual([
      '3:13 CATALOG_COPYBOOK: the header copybook has several records: A, C',
    ]);
    expect(
      header('       01  A.\n           05 B PIC 9.\n           05 C PIC X OCCURS 0 TO 5 DEPENDING ON B.\n'),
    ).toEqual(['3:13 CATALOG_COPYBOOK: the length of the header A varies']);
  });

  test('reads nothing outside of its folder, by names or by links, unless told', () => {
    expect(wrong('copybook: N1.cpy', 'copybook: ../N1.cpy')).toEqual([
      '10:19 CATALOG_PATH: ../N1.cpy is outside the folder of the catalog',
    ]);
    expect(wrong('copybook: N1.cpy', 'copybook: /etc/passwd')).toEqual([
      '10:19 CATALOG_PATH: /etc/passwd is outside the folder of the catalog',
    ]);
    expect(wrong('protocol: SMALL', 'protocol: SMALL\ninclude: [..]')).toEqual([
      '2:11 CATALOG_PATH: .. is outside the folder of the catalog',
    ]);

    const file = writeProtocol(catalogText.replace('copybook: N1.cpy', 'copybook: in/N1.cpy'));
    const outside = join(dirname(writeProtocol()), 'N1.cpy');
    mkdirSync(join(dirname(file), 'in'));
    symlinkSync(outside, join(dirname(file), 'in', 'N1.cpy'));
    expect(() => loadCatalog(file).typeNamed('N1')?.codec()).toThrow(/CATALOG_PATH/);
    expect(() => loadCatalog(file, { allowOutside: true }).typeNamed('N1')?.codec()).not.toThrow();
  });

  test('shows control characters of its text as such', () => {
    const file = writeProtocol(catalogText.replace('role: notice', 'role: "\\e[31m"'));
    try {
      loadCatalog(file);
      expect.unreachable();
    } catch (error) {
      expect((error as Error).message).not.toContain('\u001b');
    }
  });

  test('is refused with an error of its own, however it is damaged', () => {
    const damage = fc.array(
      fc.record({
        at: fc.nat(catalogText.length),
        cut: fc.nat(12),
        put: fc.constantFrom(
          '',
          ' ',
          '\n',
          '{',
          ']',
          ': ',
          '- ',
          '*a',
          '&a ',
          '?',
          '"',
          "'",
          '\t',
          '!!x ',
          '0',
          '__proto__',
        ),
      }),
      { minLength: 1, maxLength: 4 },
    );
    const file = writeProtocol();
    fc.assert(
      fc.property(damage, (changes) => {
        let text = catalogText;
        for (const { at, cut, put } of changes) text = text.slice(0, at) + put + text.slice(at + cut);
        writeFileSync(file, text);
        try {
          loadCatalog(file);
        } catch (error) {
          expect(error).toBeInstanceOf(OverpunchError);
        }
      }),
      { numRuns: 100 },
    );
  });
});
