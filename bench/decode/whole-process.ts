import { rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Effort, Figure } from '../benchmark.ts';
import { median } from '../median-times.ts';
import { decodeCase } from './cases.ts';
import { compileC, compilerMissing } from './compile-c.ts';
import { noRoomFor, repeatFile } from './repeat-file.ts';
import { runProcess, skipped, startProcess } from './run-process.ts';
import type { Subject } from './subject.ts';

const command = fileURLToPath(new URL('../../bin/overpunch.js', import.meta.url));
const trialBytes = 4 << 20;
const longest = 60; // seconds that one process may take
const mostRounds = 5;
const times = 4; // so much larger is the file on which the start of two workers counts little
const largeRounds = 3;

/** What launch.c prints. */
interface Launched {
  /** Seconds. */
  readonly wall: number;
  readonly processor: number;
  /** Bytes at the peak. */
  readonly memory: number;
  readonly status: number;
}

/**
 * Measure the command from a file to /dev/null against a C process that reads, decodes and writes the same, and two workers against
 * one, beside what the machine gives two C processes at once. Files are smaller while the command would take minutes for them.
 */
export async function measureProcess(
  subject: Subject,
  { quick, rounds }: Effort,
  folder: string,
  floors: { readonly process: number; readonly memory: number },
): Promise<readonly Figure[]> {
  const { name } = subject;
  const missing = compilerMissing();
  if (missing !== null) {
    skipped(`decode/${name}/process`, missing);
    return [];
  }
  const launcher = compileC(folder, 'any', 'launch');
  const baseline = compileC(folder, name, 'process', subject.scalar());
  const path = join(folder, `${name}.data`);
  const copybook = join(folder, `${name}.cpy`);
  writeFileSync(copybook, decodeCase(name).copybook);
  const launched = (parts: readonly string[], output: string): Launched => {
    const found = JSON.parse(output) as Launched;
    if (found.status !== 0) throw new Error(`${parts.join(' ')} failed`);
    return found;
  };
  const launch = (...parts: readonly string[]): Launched => launched(parts, runProcess([launcher, ...parts]));
  const launchTwo = async (...parts: readonly string[]): Promise<readonly Launched[]> => {
    const outputs = await Promise.all([startProcess([launcher, ...parts]), startProcess([launcher, ...parts])]);
    return outputs.map((output) => launched(parts, output));
  };
  const ours = (...options: readonly string[]): Launched =>
    launch(process.execPath, command, 'decode', path, '-c', copybook, '-o', '/dev/null', '--quiet', ...options);

  subject.write(path, trialBytes);
  const wanted = quick ? 64 << 20 : 2 ** 30;
  const size = Math.min(wanted, Math.floor((trialBytes * longest) / ours().wall));
  if (size < wanted)
    skipped(`decode/${name}/process on ${wanted >> 20} MiB`, `it would take minutes; ${size >> 20} MiB`);
  const { bytes } = subject.write(path, size);
  const cores = availableParallelism();
  if (cores < 2) skipped(`decode/${name}/workers`, 'there is one processor');

  const found = { ours: [] as Launched[], c: [] as Launched[], workers: [] as Launched[], pairs: [] as Launched[] };
  for (let round = 0; round < Math.min(rounds, mostRounds); round++) {
    found.ours.push(ours());
    found.c.push(launch(baseline, path, '/dev/null'));
    if (cores < 2) continue;
    found.workers.push(ours('--workers', '2'));
    found.pairs.push(slower(await launchTwo(baseline, path, '/dev/null')));
  }
  const large = { one: [] as Launched[], two: [] as Launched[] };
  const tooLarge = quick
    ? '--quick is given'
    : size < wanted
      ? 'it would take minutes'
      : noRoomFor(folder, times * size);
  if (cores > 1 && tooLarge !== null) skipped(`decode/${name}/workers/speed-up-4-gib`, tooLarge);
  else if (cores > 1) {
    repeatFile(path, times);
    for (let round = 0; round < Math.min(rounds, largeRounds); round++) {
      large.one.push(ours());
      large.two.push(ours('--workers', '2'));
    }
  }
  rmSync(path);
  const middle = (runs: readonly Launched[], what: keyof Launched): number => median(runs.map((run) => run[what]));
  const all: readonly Figure[] = [
    {
      name: `decode/${name}/process/ratio-to-c`,
      value: middle(found.c, 'processor') / middle(found.ours, 'processor'),
      unit: 'x',
      floor: floors.process,
      rising: true,
    },
    { name: `decode/${name}/process/mb-per-s`, value: bytes / middle(found.ours, 'processor') / 1e6, unit: 'MB/s' },
    { name: `decode/${name}/process/c/mb-per-s`, value: bytes / middle(found.c, 'processor') / 1e6, unit: 'MB/s' },
    {
      name: `decode/${name}/workers/speed-up`,
      value: middle(found.ours, 'wall') / middle(found.workers, 'wall'),
      unit: 'x',
      floor: 1.6,
      rising: true,
    },
    {
      name: `decode/${name}/workers/machine/speed-up`,
      value: (2 * middle(found.c, 'wall')) / middle(found.pairs, 'wall'),
      unit: 'x',
    },
    {
      name: `decode/${name}/workers/speed-up-4-gib`,
      value: middle(large.one, 'wall') / middle(large.two, 'wall'),
      unit: 'x',
      floor: 1.6,
      rising: true,
    },
    {
      name: `decode/${name}/memory/mb`,
      value: middle(found.ours, 'memory') / 1e6,
      unit: 'MB',
      floor: floors.memory,
    },
  ];
  return all.filter(({ value }) => !Number.isNaN(value));
}

function slower(both: readonly Launched[]): Launched {
  return both.reduce((one, other) => (one.wall > other.wall ? one : other));
}
