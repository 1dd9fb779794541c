import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnvironmentPlace } from '../../src/state/conformance/environment-cases.ts';
import { openLmdbEnvironment } from '../../src/state/open-lmdb-environment.ts';
import { MemoryDisk, openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';

/** A folder of its own for a test; it is not there yet. */
export function newFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'overpunch-state-')), 'state');
}

/** Remove the folder that `newFolder` named, with what is around it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(join(folder, '..'), { recursive: true, force: true });
}

/** New empty places for every backend of environments. */
export const places: Readonly<Record<'memory' | 'LMDB', () => EnvironmentPlace>> = {
  memory: () => {
    const disk = new MemoryDisk();
    return { open: (options = {}) => openMemoryEnvironment({ disk, ...options }), remove: async () => {} };
  },
  LMDB: () => {
    const folder = newFolder();
    return { open: (options = {}) => openLmdbEnvironment(folder, options), remove: () => removeFolder(folder) };
  },
};
