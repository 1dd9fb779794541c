import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { describeOracle } from '../oracles.ts';
import { fixtures, workFolder } from './overpunch.ts';

const { folder, environment } = workFolder();
const out = join(folder, 'out');
mkdirSync(out);
afterAll(() => rmSync(folder, { recursive: true }));

function sh(command: string, cwd: string): { stderr: string; status: number | null } {
  const { stderr, status } = spawnSync('bash', ['-c', `set -o pipefail; ${command}`], {
    cwd,
    env: { ...environment, OUT: out },
    encoding: 'utf8',
  });
  return { stderr, status };
}

/** Decode a file with --meta and encode the lines again; the bytes before and after. */
function roundTrip(file: string, options: string, cwd: string, original: boolean): [Buffer, Buffer] {
  const name = join(out, 'again');
  const given = original ? `--original ${file}` : '';
  const decode = `overpunch decode ${file} ${options} --meta --quiet`;
  const result = sh(`${decode} | overpunch encode - ${options} ${given} -o ${name}`, cwd);
  expect(result.stderr).toContain(' + bad 0\n');
  expect(result.status).toBe(0);
  const before = readFileSync(join(cwd, file));
  return [before[0] === 0x1f ? gunzipSync(before) : before, readFileSync(name)];
}

const order = '-c order.cpy -I copylib';
const framed = '--skip-file-start 8 --skip-file-end 3 --skip-record-start 2 --skip-record-end 1';
// The file, its options, and why it is not the same without the original.
const own: readonly (readonly [string, string, string])[] = [
  ['stock.dat', '--options stock.yaml', 'a zero with a minus sign'],
  ['stock.dat.gz', '--options stock.yaml', 'a zero with a minus sign'],
  ['order.vb', `${order} --format rdw`, ''],
  ['order-little.vb', `${order} --format rdw --rdw-endian little`, ''],
  ['order.vbb', `${order} --format bdw`, 'blocks as full as they can be'],
  ['order.odo', `${order} --record-length odo`, ''],
  ['stock.txt', '-c stock-text.cpy --codepage ascii --format text', 'lines of full length'],
  ['stock-framed.dat', `-c stock-text.cpy ${framed}`, 'what is passed over'],
];

describe('decode and encode give the same file', () => {
  it.each(own)('%s %s', { timeout: 60_000 }, (file, options, difference) => {
    const [before, after] = roundTrip(file, options, fixtures, true);
    expect(after.equals(before)).toBe(true);
    const [, without] = roundTrip(file, options, fixtures, false);
    expect(without.equals(before)).toBe(difference === '');
  });
});

describeOracle('real/carddemo', 'decode and encode give the same file of carddemo', (carddemo) => {
  const views = ['C=CUSTOMER', 'A=ACCOUNT', 'T=TRANSACTION', 'X=CARD-XREF', 'D=CARD'].map((rule) => {
    const [value, name] = rule.split('=');
    return `--view EXPORT-REC-TYPE:${value}=EXPORT-${name}-DATA`;
  });
  const ascii = '--codepage ascii --format text';
  const files: readonly (readonly [string, string])[] = [
    ['AWS.M2.CARDDEMO.ACCTDATA.PS', '-c CVACT01Y.cpy'],
    ['AWS.M2.CARDDEMO.CUSTDATA.PS', '-c CVCUS01Y.cpy'],
    ['AWS.M2.CARDDEMO.DALYTRAN.PS', '-c CVTRA06Y.cpy'],
    ['AWS.M2.CARDDEMO.EXPORT.DATA.PS', '-c CVEXPORT.cpy'],
    ['AWS.M2.CARDDEMO.EXPORT.DATA.PS', `-c CVEXPORT.cpy ${views.join(' ')}`],
    ['acctdata.txt', `-c CVACT01Y.cpy ${ascii}`],
    ['custdata.txt', `-c CVCUS01Y.cpy ${ascii}`],
    ['dailytran.txt', `-c CVTRA06Y.cpy ${ascii}`],
  ];
  it.each(files)('%s %s', { timeout: 120_000 }, (file, options) => {
    const [before, after] = roundTrip(file, options, carddemo, true);
    expect(after.equals(before)).toBe(true);
    if (file.includes('EXPORT') && !options.includes('--view')) {
      // Without a rule every view that reads is there, also those that read another record's bytes beyond their pictures.
      const { stderr, status } = sh(
        `overpunch decode ${file} ${options} --quiet | overpunch encode - ${options} -o $OUT/again`,
        carddemo,
      );
      expect(stderr).toMatch(/^issues: ENCODE_DIGITS \d+, ENCODE_VIEWS \d+\nlines 500 = written 350 \+ bad 150$/m);
      expect(status).toBe(1);
      return;
    }
    const [, without] = roundTrip(file, options, carddemo, false);
    expect(without.equals(before)).toBe(true);
  });
});
