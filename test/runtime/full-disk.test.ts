import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('./full-disk-main.ts', import.meta.url));
/** A file system can be mounted that nobody else sees. */
const mounts = spawnSync('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs -o size=64k tmpfs /mnt']).status === 0;
if (!mounts) console.warn('nothing can be mounted here: a limit on the size of files stands in for a full disk');

async function report(size: number, command: string, ...words: string[]): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'overpunch-full-'));
  try {
    const { stdout } = await promisify(execFile)(command, [...words, '--import', 'tsx', main, folder, String(size)]);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A coded error, nothing half done, and all of it once there is room. */
const asItShouldBe = {
  full: { status: 1, code: expect.stringMatching(/^(STATE_FULL|IO)$/) },
  processed: expect.any(Number),
  isWhole: true,
  problems: [],
};

test('a run whose disk is full stops with a coded error, nothing half done, and goes on when there is room', async () => {
  const found = mounts ? await report(550, 'unshare', '-m', process.execPath) : await report(0, process.execPath);
  expect(found).toEqual(asItShouldBe);
});
