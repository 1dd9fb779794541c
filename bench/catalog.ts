import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { growCatalog } from '../test/frames/grow-catalog.ts';
import type { Benchmark } from './benchmark.ts';
import { median } from './median-times.ts';

const frames = new URL('../dist/frames/index.js', import.meta.url).href;
const count = 160;
/** What a process of its own does: nothing is warm. It prints milliseconds on the wall: of the import, and of loading. */
const program = `
const started = performance.now();
const { loadCatalog } = await import(${JSON.stringify(frames)});
const imported = performance.now();
const { length } = loadCatalog(process.argv[1]).types;
const loaded = performance.now();
if (length !== ${count}) throw new Error('types are missing');
console.log(JSON.stringify([imported - started, loaded - imported]));`;

/** Times loading a catalog as a command does it: once, in a new process. */
export const catalog: Benchmark = {
  title: `Loading a catalog of ${count} types in a new process`,
  async run({ rounds }) {
    const folder = mkdtempSync(join(tmpdir(), 'overpunch-bench-'));
    try {
      const file = growCatalog(folder, count, 1);
      const times = Array.from({ length: rounds }, () => {
        const flags = ['--input-type=module', '-e', program, file];
        const cwd = fileURLToPath(new URL('..', import.meta.url));
        const { status, stdout, stderr } = spawnSync(process.execPath, flags, { cwd, encoding: 'utf8' });
        if (status !== 0) throw new Error(stderr);
        return JSON.parse(stdout) as [imported: number, loaded: number];
      });
      return [
        {
          name: 'catalog/load-160/ms',
          value: median(times.map(([, loaded]) => loaded)),
          unit: 'ms',
          floor: 50,
          goal: 25,
        },
        { name: 'catalog/load-160/fastest-ms', value: Math.min(...times.map(([, loaded]) => loaded)), unit: 'ms' },
        { name: 'catalog/import/ms', value: median(times.map(([imported]) => imported)), unit: 'ms' },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
