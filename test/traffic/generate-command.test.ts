import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateCommand } from '../../src/cli/generate-command.ts';
import { refuseTerminal } from '../../src/cli/refuse-terminal.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { itcFolder } from '../frames/grow-catalog.ts';
import { captured } from './captured.ts';

const catalog = join(itcFolder, 'catalog.yaml');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overpunch-generate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('overpunch generate', () => {
  test('writes no bytes to a terminal, unless it is named', () => {
    expect(() => refuseTerminal(undefined, true)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    refuseTerminal('-', true);
    refuseTerminal('day.cap', true);
    refuseTerminal(undefined, false);
  });

  test('writes the capture and its truth', async () => {
    const [output, truth] = [join(folder, 'a.cap'), join(folder, 'a.jsonl')];
    const status = await generateCommand.run([], { catalog, seed: 5, frames: 500, output, truth, quiet: true });
    const expected = captured({ seed: 5, frames: 500 });
    expect(status).toBe(0);
    expect(readFileSync(output).equals(expected.capture)).toBe(true);
    expect(readFileSync(truth, 'utf8')).toBe(expected.text);
    expect(readdirSync(folder).sort()).toEqual(['a.cap', 'a.jsonl']);
  });

  test.each([
    ['no catalog', { frames: 1 }, 'generate needs --catalog'],
    ['neither frames nor duration', { catalog }, 'either --frames or --duration'],
    ['both of them', { catalog, frames: 1, duration: 1 }, 'either --frames or --duration'],
    ['both into one', { catalog, frames: 1, truth: '-' }, 'standard output'],
    ['too many terminals', { catalog, frames: 1, terminals: 1_000_000 }, 'terminals must be from 1 to'],
  ])('%s is refused before anything is written', async (_, options, message) => {
    await expect(generateCommand.run([], { quiet: true, ...options })).rejects.toThrow(message);
  });

  test('one file for both, and a file that is read, are refused', async () => {
    const output = join(folder, 'x');
    const both = { catalog, frames: 1, output, truth: output, quiet: true };
    await expect(generateCommand.run([], both)).rejects.toThrow('both name');
    const own = join(folder, 'catalog.yaml');
    writeFileSync(own, readFileSync(catalog, 'utf8').replaceAll('copybook: ', `copybook: ${itcFolder}/`));
    const over = { catalog: own, allowOutside: true, frames: 1, output: own, quiet: true };
    await expect(generateCommand.run([], over)).rejects.toThrow('written over');
  });

  test('what could not be finished does not appear', async () => {
    const options = { catalog, frames: 10, output: join(folder, 'a.cap'), truth: join(folder, 'no', 'a'), quiet: true };
    await expect(generateCommand.run([], options)).rejects.toThrow('no such file');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a catalog that lacks a field of the tote is refused by name', async () => {
    for (const file of readdirSync(itcFolder)) writeFileSync(join(folder, file), readFileSync(join(itcFolder, file)));
    const bet = join(folder, 'T031.cpy');
    writeFileSync(bet, readFileSync(bet, 'utf8').replace(' T031-CARTE ', ' T031-OTHER '));
    const options = { catalog: join(folder, 'catalog.yaml'), frames: 1, output: join(folder, 'o'), quiet: true };
    await expect(generateCommand.run([], options)).rejects.toThrow('T031 has no T031-CARTE');
  });

  test('a catalog of another protocol gives traffic of random values', async () => {
    writeFileSync(
      join(folder, 'catalog.yaml'),
      [
        'protocol: OTHER',
        'header:',
        '  copybook: H.cpy',
        '  fields: { type: H-TYPE, key: H-KEY, sequence: H-SEQ, time: H-TIME, length: H-LEN }',
        '  time: { format: seconds }',
        'types:',
        '  AA: { copybook: A.cpy, role: request, pairsWith: BB }',
        '  BB: { copybook: B.cpy, role: response, pairsWith: AA }',
        '',
      ].join('\n'),
    );
    const lines = (text: string): string => text.replace(/^/gm, '       ');
    const header = `01 H.\n 05 H-LEN PIC 9(5).\n 05 H-TYPE PIC XX.\n 05 H-KEY PIC X(12).\n 05 H-SEQ PIC 9(8) COMP.\n 05 H-TIME PIC 9(11).\n`;
    writeFileSync(join(folder, 'H.cpy'), lines(header));
    writeFileSync(join(folder, 'A.cpy'), lines('01 A.\n 05 A-TEXT PIC X(8).\n'));
    writeFileSync(join(folder, 'B.cpy'), lines('01 B.\n 05 B-NUMBER PIC S9(5)V99 COMP-3.\n'));
    const [output, truth] = [join(folder, 'a.cap'), join(folder, 'a.jsonl')];
    const options = { catalog: join(folder, 'catalog.yaml'), frames: 100, clean: true, output, truth, quiet: true };
    expect(await generateCommand.run([], options)).toBe(0);
    const entries = readFileSync(truth, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(entries.length).toBe(100);
    expect(new Set(entries.map(({ type }) => type))).toEqual(new Set(['AA', 'BB']));
    expect(entries[0].key).toMatch(/^\d{12}$/);
  });

  test('what a header does not have is null in the truth, and fields are as their settings show them', async () => {
    const file = join(folder, 'catalog.yaml');
    writeFileSync(
      file,
      [
        'protocol: BITS',
        'header: { copybook: H.cpy, fields: { type: H-TYPE, key: H-KEY } }',
        'types:',
        '  AA:',
        '    copybook: A.cpy',
        '    role: request',
        "    fields: { A-SEATS: bits, A-MASK: hex, A-SUM: 'scale:2', A-RAW: hex, A-COUNT: packed-unsigned }",
        '',
      ].join('\n'),
    );
    writeFileSync(join(folder, 'H.cpy'), '       01 H.\n        05 H-TYPE PIC XX.\n        05 H-KEY PIC X(12).\n');
    const body = [
      '01 A.',
      ' 05 A-BITS GROUP-USAGE BIT.',
      '  10 A-ROWS PIC 1(3).',
      '  10 A-ROW OCCURS 0 TO 7 DEPENDING ON A-ROWS.',
      '   15 A-SEATS PIC 1(6).',
      '   15 A-MASK PIC 1(5).',
      '  10 A-SUM PIC 1(9).',
      ' 05 A-RAW PIC X(3).',
      ' 05 A-COUNT PIC 9(4).',
    ];
    writeFileSync(join(folder, 'A.cpy'), body.map((line) => `       ${line}\n`).join(''));
    const [output, truth] = [join(folder, 'b.cap'), join(folder, 'b.jsonl')];
    const options = { catalog: file, frames: 200, clean: true, output, truth, quiet: true };
    expect(await generateCommand.run([], options)).toBe(0);
    const codec = loadCatalog(file).typeNamed('AA')?.codec();
    const bytes = readFileSync(output);
    for (const line of readFileSync(truth, 'utf8').split('\n').slice(0, -1)) {
      const { offset, length, sequence, time, value } = JSON.parse(line);
      expect([sequence, time]).toEqual([null, null]);
      const decoded = codec?.decode(bytes.subarray(offset, offset + length));
      expect(decoded?.issues).toEqual([]);
      expect(decoded?.value).toEqual(value);
    }
  });
});
