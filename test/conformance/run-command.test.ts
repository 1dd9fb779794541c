import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fixtures = join(root, 'fixtures', 'conformance');
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function conformance(...args: string[]) {
  const text = { stdout: '', stderr: '' };
  const status = runCommand(args, {
    out: (more) => {
      text.stdout += more;
    },
    error: (more) => {
      text.stderr += more;
    },
  });
  return { status, ...text };
}

describe('npm run conformance', () => {
  it('ends with 0 when all passed, what the format lets it skip aside', () => {
    const { status, stdout, stderr } = conformance(
      join(fixtures, 'passing', 'rows'),
      join(fixtures, 'passing', 'packing'),
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('rows: 17 cases, 24 records, 65 values: 17 passed, 0 failed, 0 skipped; 0 wrong values\n');
    expect(stdout).toContain('packing/unpack/none: skipped: cases (optional): unpacking is not part of this runner\n');
    expect(status).toBe(0);
  });

  it('ends with 1 on a failure, shows it, and writes every wrong value to the report', () => {
    const set = join(folder, 'mixed');
    cpSync(join(fixtures, 'failing', 'rows', 'wrong-values'), join(set, 'wrong-values'), { recursive: true });
    cpSync(join(fixtures, 'passing', 'rows', 'exact-numbers'), join(set, 'exact-numbers'), { recursive: true });
    const file = join(folder, 'report.json');
    const { status, stdout } = conformance(folder, '--json', file);
    expect(status).toBe(1);
    expect(stdout).toContain(
      'mixed/wrong-values: failed: 5 wrong values\n  record 1 T(1).N: expected 123.46, got 123.45, bytes 12345C\n',
    );
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      sets: [
        {
          name: 'mixed',
          cases: 2,
          records: 4,
          values: 15,
          passed: 1,
          failed: 1,
          skipped: 0,
          failures: [
            { case: 'mixed/wrong-values', record: 1, path: 'T(1).N', expected: 123.46, got: 123.45, bytes: '12345C' },
            { case: 'mixed/wrong-values', record: 1, path: 'T(2).A', expected: 'C', got: 'CD', bytes: 'C3C4' },
            { case: 'mixed/wrong-values', record: 2, path: 'T', expected: '1 entry', got: '2 entries', bytes: '' },
            { case: 'mixed/wrong-values', record: 3, path: 'GONE', expected: 'x', got: null, bytes: '' },
            { case: 'mixed/wrong-values', record: 3, path: 'T(1).N', expected: null, got: 0, bytes: '00000C' },
          ],
          skips: [],
        },
      ],
    });
  });

  it('has the compiled decoder look at every record too', () => {
    const { status, stdout } = conformance(join(fixtures, 'passing', 'rows'), '--engine', 'compiled');
    expect(stdout).toMatch(
      /compiled: [1-9][0-9]+ readings of records the same from both engines, [0-9]+ left to the reference engine\n$/,
    );
    expect(status).toBe(0);
  });

  it('ends with 1 when a key is unknown, and names it', () => {
    const { status, stdout } = conformance(join(fixtures, 'failing', 'rows', 'unknown-key'), '--engine', 'reference');
    expect(stdout).toContain('unknown-key: skipped: colour: unknown key\n');
    expect(status).toBe(1);
  });

  it('is what the package script runs', () => {
    const main = join(root, 'test', 'conformance', 'main.ts');
    const args = ['--import', 'tsx', main, join(fixtures, 'failing')];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain('rows/unknown-value: skipped: framing.format: unknown value');
  });

  it('ends with 1 when there is nothing to run', () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(conformance(empty)).toMatchObject({ status: 1, stderr: 'no cases found\n' });
  });

  it('writes control characters of a case as escapes', () => {
    const set = join(folder, 'hostile', 'case');
    cpSync(join(fixtures, 'passing', 'framing', 'fixed'), set, { recursive: true });
    writeFileSync(join(set, 'case.json'), '{"\\u001b[31m":1}');
    expect(conformance(join(folder, 'hostile')).stdout).toContain('skipped: \\x1B[31m: unknown key');
  });

  it.each([
    [['--engine', 'fast', '.'], 'unknown engine fast'],
    [[], 'no folder given'],
    [['--jsn', 'x', '.'], "Unknown option '--jsn'"],
    [['no-such-folder'], 'no-such-folder is no folder'],
  ])('refuses %j with 2', (args, message) => {
    const { status, stderr, stdout } = conformance(...args);
    expect(stderr).toContain(message);
    expect(stderr).toContain('usage: npm run conformance');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
