import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Effort, Figure } from '../benchmark.ts';
import { median } from '../median-times.ts';
import { sameBytes, sameValues } from './compare-lines.ts';
import { compileC, compilerMissing } from './compile-c.ts';
import type { Measured } from './contender.ts';
import { runProcess, scriptCommand, skipped } from './run-process.ts';
import type { Subject } from './subject.ts';

const slowBytes = 512 << 10; // for what decodes some megabytes a second
const slowRounds = 3;

interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  /** Times it is run: less often what takes long and is far behind anyway. */
  readonly rounds: number;
}

/**
 * Measure decoding from memory to memory: the product against memcpy, the scalar C baseline, and binary-parser with JSON.stringify.
 * Each runs in processes of its own, in turn; all must give the same first.
 */
export function measureInMemory(subject: Subject, { quick, rounds }: Effort, folder: string): readonly Figure[] {
  const { name } = subject;
  const path = join(folder, `${name}.data`);
  const slowPath = join(folder, `${name}-slow.data`);
  subject.write(path, (quick ? 8 : 64) << 20);
  subject.write(slowPath, slowBytes);
  const ours: Contender = {
    name: 'ours',
    command: scriptCommand('measure-contender.ts', name, 'compiled', path),
    rounds,
  };
  const contenders = [ours, ...scalarContender(subject, path, folder, rounds), ...parserContender(subject, slowPath)];
  checkAll(subject, path, slowPath, contenders, folder);

  const found = new Map<string, Measured[]>(contenders.map((contender) => [contender.name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, command, rounds } of contenders) {
      if (round < rounds) found.get(name)?.push(JSON.parse(runProcess(command)) as Measured);
    }
  }
  rmSync(path);
  rmSync(slowPath);
  return figuresOf(subject, found);
}

function scalarContender(subject: Subject, path: string, folder: string, rounds: number): readonly Contender[] {
  const missing = compilerMissing();
  if (missing !== null) {
    skipped(`decode/${subject.name} against scalar C and memcpy`, missing);
    return [];
  }
  return [{ name: 'c', command: [compileC(folder, subject.name, 'measure', subject.scalar()), path], rounds }];
}

function parserContender({ name, parser }: Subject, path: string): readonly Contender[] {
  if (!parser) {
    skipped(`decode/${name} against binary-parser`, 'it decompresses nothing');
    return [];
  }
  const command = scriptCommand('measure-contender.ts', name, 'binary-parser', path);
  return [{ name: 'binary-parser', command, rounds: slowRounds }];
}

/** Compare everyone with the reference decoder on a small file, and the baseline with the product on all of it. */
function checkAll(
  { name }: Subject,
  path: string,
  slowPath: string,
  contenders: readonly Contender[],
  folder: string,
): void {
  const linesOf = (contender: string, file: string): string => {
    const lines = join(folder, `${name}-${contender}.jsonl`);
    runProcess(scriptCommand('measure-contender.ts', name, contender, file, lines));
    return lines;
  };
  const expected = linesOf('reference', slowPath);
  sameBytes(expected, linesOf('compiled', slowPath), 'the compiled decoder');
  if (contenders.some((contender) => contender.name === 'binary-parser')) {
    sameValues(expected, linesOf('binary-parser', slowPath), 'binary-parser', withHyphens);
  }
  const scalar = contenders.find((contender) => contender.name === 'c');
  if (scalar !== undefined) {
    const lines = join(folder, `${name}-c.jsonl`);
    runProcess([...scalar.command, lines]);
    sameBytes(linesOf('compiled', path), lines, 'the scalar C baseline');
    rmSync(lines);
  }
  for (const contender of ['reference', 'compiled', 'binary-parser']) {
    rmSync(join(folder, `${name}-${contender}.jsonl`), { force: true });
  }
}

/** Give names their `-` again, which binary-parser cannot write. */
function withHyphens(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withHyphens);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name.replaceAll('_', '-'), withHyphens(own)]));
}

function figuresOf({ name, floor, goal }: Subject, found: ReadonlyMap<string, readonly Measured[]>): readonly Figure[] {
  const perByte = (contender: string): number => {
    return median((found.get(contender) ?? []).map(({ seconds, bytes }) => seconds / bytes));
  };
  const [sample] = found.get('ours') ?? [];
  // The baseline was given the same file.
  const size = sample?.bytes ?? Number.NaN;
  const scalar = median((found.get('c') ?? []).map(({ seconds }) => seconds / size));
  const memcpy = median((found.get('c') ?? []).map(({ memcpySeconds = Number.NaN }) => memcpySeconds / size));
  const ours = perByte('ours');
  const parser = perByte('binary-parser');
  const rate = (label: string, time: number): Figure => ({
    name: `decode/${name}/${label}/mb-per-s`,
    value: 1e-6 / time,
    unit: 'MB/s',
  });
  const all: readonly Figure[] = [
    { name: `decode/${name}/jsonl/ratio-to-c`, value: scalar / ours, unit: 'x', floor, goal, rising: true },
    rate('jsonl', ours),
    rate('c', scalar),
    rate('memcpy', memcpy),
    rate('binary-parser', parser),
    { name: `decode/${name}/jsonl/ratio-to-binary-parser`, value: parser / ours, unit: 'x' },
    ...frameRate(name, (sample?.records ?? 0) / size / ours),
  ];
  return all.filter(({ value }) => !Number.isNaN(value));
}

/** Frames are counted where they are what comes in. */
function frameRate(name: string, value: number): readonly Figure[] {
  if (name !== 'itc') return [];
  return [{ name: `decode/${name}/frames-per-second`, value, unit: 'frames/s', floor: 1_000_000 }];
}
