import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from '../benchmark.ts';
import { median } from '../median-times.ts';
import { decodeCase } from './cases.ts';
import type { Subject } from './subject.ts';

const command = fileURLToPath(new URL('../../bin/overpunch.js', import.meta.url));
const startRounds = 15;

/** Measure how long it takes to the first line of a small file, against a Node.js that does nothing. Time on the wall. */
export async function measureStart(subject: Subject, folder: string): Promise<readonly Figure[]> {
  const path = join(folder, 'small.data');
  const copybook = join(folder, 'small.cpy');
  writeFileSync(copybook, decodeCase(subject.name).copybook);
  subject.write(path, 2000);
  const ours: number[] = [];
  const nothing: number[] = [];
  for (let round = 0; round < startRounds; round++) {
    ours.push(await timeToOutput([command, 'decode', path, '-c', copybook, '--quiet']));
    nothing.push(await timeToOutput(['-e', '0']));
  }
  rmSync(path);
  return [
    { name: 'decode/start/ratio-to-node', value: median(ours) / median(nothing), unit: 'x', floor: 2 },
    { name: 'decode/start/ms', value: median(ours), unit: 'ms' },
    { name: 'decode/start/node-ms', value: median(nothing), unit: 'ms' },
  ];
}

/** Milliseconds until a process writes something, or ends. */
function timeToOutput(parts: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, parts, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let time: number | null = null;
    child.stdout.once('data', () => {
      time = performance.now() - started;
    });
    child.once('error', reject);
    child.once('exit', (status) => {
      time ??= performance.now() - started;
      if (status !== 0) reject(new Error(`${parts.join(' ')} failed`));
      child.stdout.resume();
    });
    child.once('close', () => resolve(time ?? Number.NaN));
  });
}
