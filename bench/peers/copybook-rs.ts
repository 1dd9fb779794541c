import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Effort, Figure } from '../benchmark.ts';
import { decodeCase } from '../decode/cases.ts';
import { sameValues } from '../decode/compare-lines.ts';
import { compileC, compilerMissing } from '../decode/compile-c.ts';
import { runProcess, scriptCommand, skipped } from '../decode/run-process.ts';
import type { Subject } from '../decode/subject.ts';
import { median } from '../median-times.ts';

const version = '0.8.1';
const cache = fileURLToPath(new URL('../../node_modules/.cache/overpunch-bench', import.meta.url));
const installed = join(cache, `copybook-cli-${version}`);
const program = join(installed, 'bin', process.platform === 'win32' ? 'copybook.exe' : 'copybook');
const command = fileURLToPath(new URL('../../bin/overpunch.js', import.meta.url));
const checkedBytes = 1 << 20;
const rounds = 3;

/**
 * Install the copybook-rs command once, into a folder of its own. Returns why that is not possible here, else `null`. It is a program
 * of its own licence (AGPL) that is only run.
 */
export function installCopybookRs(): string | null {
  if (existsSync(program)) return null;
  if (spawnSync('cargo', ['--version'], { stdio: 'ignore' }).status !== 0) return 'there is no cargo here';
  process.stderr.write(`installing copybook-cli ${version} with cargo, which takes minutes\n`);
  const flags = [
    'install',
    'copybook-cli',
    '--version',
    version,
    '--ignore-rust-version',
    '--locked',
    '--root',
    installed,
  ];
  const { status, stderr } = spawnSync('nice', ['-n', '10', 'cargo', ...flags], { encoding: 'utf8' });
  return status === 0 ? null : `cargo could not install copybook-cli ${version}: ${stderr.trim().split('\n').at(-1)}`;
}

/**
 * Measure its command against ours, both from a file of fixed records to standard output on /dev/null. The values it gives must be ours:
 * its numbers are texts, which say the same. Megabytes per second of each over a file of its own: theirs takes seconds, and ours is so
 * large that the time to start does not count.
 */
export function measureCopybookRs(subject: Subject, { quick }: Effort, folder: string): readonly Figure[] {
  const { name } = subject;
  const reason = installCopybookRs() ?? compilerMissing();
  if (reason !== null) {
    skipped(`decode/${name} against copybook-rs`, reason);
    return [];
  }
  const launcher = compileC(folder, 'any', 'launch');
  const copybook = join(folder, `${name}.cpy`);
  writeFileSync(copybook, decodeCase(name).copybook);
  const [small, theirs, ours] = ['small', 'theirs', 'ours'].map((which) => join(folder, `${name}-${which}.peer`)) as [
    string,
    string,
    string,
  ];
  subject.write(small, checkedBytes);
  const call = (file: string): readonly string[] => [
    program,
    'decode',
    copybook,
    file,
    '--format',
    'fixed',
    '--codepage',
    'cp037',
    '--output',
    '-',
  ];
  const peer = spawnSync(call(small)[0] ?? '', call(small).slice(1), { encoding: 'utf8', maxBuffer: 256 << 20 });
  const linesOfPeer = join(folder, `${name}-peer.jsonl`);
  const expected = join(folder, `${name}-ours.jsonl`);
  writeFileSync(
    linesOfPeer,
    peer.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => `${line}\n`)
      .join(''),
  );
  runProcess(scriptCommand('measure-contender.ts', name, 'reference', small, expected));
  try {
    const numeric = numericNames(readFileSync(expected, 'utf8').split('\n', 1)[0] ?? '{}');
    sameValues(expected, linesOfPeer, 'copybook-rs', (value) => asOurs(value, numeric));
  } catch (error) {
    skipped(`decode/${name} against copybook-rs`, `its values are others: ${(error as Error).message.slice(0, 600)}`);
    return [];
  }
  subject.write(theirs, (quick ? 2 : 16) << 20);
  const large = subject.write(ours, quick ? 64 << 20 : 2 ** 30);
  const theirBytes = readFileSync(theirs).length;
  const timed = (parts: readonly string[], bytes: number): number =>
    (JSON.parse(runProcess([launcher, ...parts])) as { readonly processor: number }).processor / bytes;
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.theirs.push(timed(call(theirs), theirBytes));
    times.ours.push(timed([process.execPath, command, 'decode', ours, '-c', copybook, '--quiet'], large.bytes));
  }
  for (const file of [small, theirs, ours, linesOfPeer, expected]) rmSync(file);
  const [own, other] = [median(times.ours), median(times.theirs)];
  return [
    { name: `decode/${name}/process/ratio-to-copybook-rs`, value: other / own, unit: 'x', floor: 50, rising: true },
    { name: `decode/${name}/process/copybook-rs/mb-per-s`, value: 1e-6 / other, unit: 'MB/s' },
  ];
}

/** Names of members that are numbers, wherever they stand. */
function numericNames(line: string): ReadonlySet<string> {
  const names = new Set<string>();
  JSON.parse(line, (name, value: unknown) => {
    if (typeof value === 'number') names.add(name);
    return value;
  });
  return names;
}

/** Its value as ours would be: numbers for texts, the record without what it adds around it, texts without blanks at their end. */
function asOurs(value: unknown, numeric: ReadonlySet<string>): unknown {
  const change = (name: string, own: unknown): unknown => {
    if (Array.isArray(own)) return own.map((entry) => change(name, entry));
    if (own !== null && typeof own === 'object') {
      return Object.fromEntries(Object.entries(own).map(([key, entry]) => [key, change(key, entry)]));
    }
    if (typeof own !== 'string') return own;
    return numeric.has(name) ? Number(own) : own.trimEnd();
  };
  const record = value as Readonly<Record<string, unknown>>;
  return change('', 'fields' in record ? record['fields'] : record);
}
