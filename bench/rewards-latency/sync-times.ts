import { closeSync, fdatasyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const inMemory = 0x01021994; // tmpfs
const times = 400;
const written = 16_384; // bytes

/** Whether a folder lies on a disk, as far as the system says. */
export function isOnDisk(folder: string): boolean {
  return statfsSync(folder).type !== inMemory;
}

/** How long the disk of a folder takes to write and sync 16 KiB behind what is there: milliseconds. */
export function syncTimes(folder: string): { readonly p50: number; readonly p99: number } {
  const path = join(folder, 'sync-times');
  const file = openSync(path, 'w');
  const bytes = new Uint8Array(written).fill(1);
  const taken = Float64Array.from({ length: times }, () => {
    const started = performance.now();
    writeSync(file, bytes);
    fdatasyncSync(file);
    return performance.now() - started;
  }).sort();
  closeSync(file);
  rmSync(path);
  return { p50: taken[times / 2] ?? 0, p99: taken[Math.floor(times * 0.99)] ?? 0 };
}
