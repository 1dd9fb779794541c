import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitStores, type Environment, openKeyedStore, openLmdbEnvironment } from 'overpunch/state';
import type { Benchmark, Figure } from './benchmark.ts';

const entryLength = 64; // bytes, of which 16 are the key
const keyLength = 16;
const page = 4096; // bytes

/** Does one commit of so many entries. */
interface Committer {
  commit(count: number): void;
  close(): Promise<void>;
}

/** Times durable commits on the disk that temporary files lie on, beside what that disk needs to sync a page. */
export const state: Benchmark = {
  title: 'Durable commits of entries of 64 bytes',
  async run({ quick, part }) {
    const sizes = [250, 1000, 10_000].filter((count) => part === null || part === String(count));
    const commits = quick ? 40 : 400;
    const figures: Figure[] = [];
    const folder = mkdtempSync(join(tmpdir(), 'overpunch-bench-'));
    try {
      for (const count of sizes) {
        const contenders = new Map<string, Committer>([
          ['store', storeCommitter(openLmdbEnvironment(join(folder, `store-${count}`)))],
          ['large', largeCommitter(openLmdbEnvironment(join(folder, `large-${count}`)))],
          ['small', smallCommitter(openLmdbEnvironment(join(folder, `small-${count}`)))],
          ['fdatasync', syncCommitter(join(folder, `file-${count}`))],
        ]);
        const times = new Map([...contenders.keys()].map((name) => [name, [] as number[]]));
        for (let round = 0; round < Math.max(20, Math.ceil((commits * 1000) / Math.max(count, 1000))); round++) {
          for (const [name, { commit }] of contenders) {
            const started = performance.now();
            commit(count);
            times.get(name)?.push(performance.now() - started);
          }
        }
        for (const { close } of contenders.values()) await close();
        for (const [name, all] of times)
          figures.push(...figuresOf(`state/${count}/${name}`, name, count, all.slice(5)));
      }
      return figures;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Rate and times on the wall, which is what waiting for a disk takes. */
function figuresOf(name: string, contender: string, count: number, times: readonly number[]): Figure[] {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const sum = sorted.reduce((total, time) => total + time, 0);
  const rate: Figure[] =
    contender === 'fdatasync'
      ? []
      : [
          {
            name: `${name}/events-per-second`,
            value: (count * sorted.length * 1000) / sum,
            unit: 'events/s',
            ...(contender === 'store' && count === 1000 ? { floor: 400_000, goal: 800_000 } : {}),
          },
        ];
  return [
    ...rate,
    { name: `${name}/p50-ms`, value: at(0.5), unit: 'ms' },
    { name: `${name}/p99-ms`, value: at(0.99), unit: 'ms', ...(contender === 'store' ? { floor: 10 } : {}) },
  ];
}

/** The keyed store: half of the changes put new entries, the other half delete those of ten commits ago. */
function storeCommitter(environment: Environment): Committer {
  const store = openKeyedStore(environment, 'state');
  const value = new Uint8Array(entryLength - keyLength).fill(7);
  let next = 0;
  const key = (number: number): string => String(number).padStart(keyLength, '0');
  const commit = (count: number): void => {
    const half = count / 2;
    for (let index = 0; index < half; index++) store.put(key(next + index), value);
    for (let index = next - 10 * half; index < next - 9 * half; index++) if (index >= 0) store.delete(key(index));
    next += half;
    commitStores(environment, [store], () => undefined);
  };
  return { commit, close: () => environment.close() };
}

/** Baseline: the bytes of all entries as one value. */
function largeCommitter(environment: Environment): Committer {
  const table = environment.table('large');
  let next = 0;
  const commit = (count: number): void => {
    const value = new Uint8Array(count * entryLength).fill(7);
    const key = Buffer.alloc(6);
    key.writeUIntBE(next++, 0, 6);
    environment.commit(() => table.put(key, value));
  };
  return { commit, close: () => environment.close() };
}

/** Baseline: a value of the table for each entry. */
function smallCommitter(environment: Environment): Committer {
  const table = environment.table('small');
  const value = new Uint8Array(entryLength - keyLength).fill(7);
  const key = Buffer.alloc(keyLength);
  let next = 0;
  const commit = (count: number): void => {
    environment.commit(() => {
      for (let index = 0; index < count; index++) {
        key.writeUIntBE(next++, keyLength - 6, 6);
        table.put(key, value);
      }
    });
  };
  return { commit, close: () => environment.close() };
}

/** Baseline: the same bytes appended to a file, and synced. */
function syncCommitter(path: string): Committer {
  const file = openSync(path, 'w');
  const commit = (count: number): void => {
    writeSync(file, new Uint8Array(Math.max(page, count * entryLength)));
    fdatasyncSync(file);
  };
  return { commit, close: async () => closeSync(file) };
}
