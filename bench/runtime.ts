import { spawn } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark, Figure } from './benchmark.ts';

interface PartitionResult {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly busy: number;
}

const program = fileURLToPath(new URL('./runtime/trivial-partition.ts', import.meta.url));
const startUp = 1500; // ms until both processes are ready

/** Times batches that are read, appended to a topic and committed durably, in two partitions at once, beside the disk itself. */
export const runtime: Benchmark = {
  title: 'The embedded runtime: 64-byte frames into a topic, each batch one durable commit, two partitions',
  async run({ quick }) {
    const folder = mkdtempSync(join(tmpdir(), 'overpunch-bench-'));
    try {
      const figures: Figure[] = [];
      const seconds = quick ? 2 : 8;
      for (const kind of ['ranges', 'copies']) {
        for (const batch of [250, 1000, 10_000]) {
          const results = await Promise.all(
            [0, 1].map((number) => {
              return runPartition(join(folder, `${kind}-${batch}-${number}`), batch, seconds, kind);
            }),
          );
          const name = `runtime/${kind}/${batch}`;
          const sum = results.reduce((total, { rate }) => total + rate, 0);
          const bounds = batch === 1000 ? { floor: 400_000, goal: 800_000 } : {};
          figures.push({ name: `${name}/events-per-second`, value: sum, unit: 'events/s', ...bounds });
          const worst = Math.max(...results.map(({ p99 }) => p99));
          figures.push({ name: `${name}/batch-p50`, value: Math.max(...results.map(({ p50 }) => p50)), unit: 'ms' });
          figures.push({
            name: `${name}/batch-p99`,
            value: worst,
            unit: 'ms',
            ...(batch === 1000 ? { floor: 10 } : {}),
          });
          const busy = results.reduce((total, result) => total + result.busy, 0);
          figures.push({ name: `${name}/processors-busy`, value: busy, unit: 'cores' });
        }
      }
      return [...figures, ...diskFigures(folder, quick ? 100 : 500)];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function runPartition(directory: string, batch: number, seconds: number, kind: string): Promise<PartitionResult> {
  const values = [directory, batch, seconds, Date.now() + startUp, kind].map(String);
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...values], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const part of child.stdout) text += String(part);
  return JSON.parse(text) as PartitionResult;
}

/** How long the same disk takes to make 64 KiB durable. */
function diskFigures(folder: string, rounds: number): Figure[] {
  const file = openSync(join(folder, 'sync'), 'w');
  const bytes = Buffer.alloc(65_536, 1);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    writeSync(file, bytes);
    const start = performance.now();
    fdatasyncSync(file);
    times.push(performance.now() - start);
  }
  closeSync(file);
  times.sort((one, other) => one - other);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return [
    { name: 'runtime/disk/fdatasync-p50', value: at(0.5), unit: 'ms' },
    { name: 'runtime/disk/fdatasync-p99', value: at(0.99), unit: 'ms' },
  ];
}
