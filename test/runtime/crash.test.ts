import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { crashRounds } from './crash-rounds.ts';

test('a process that is killed again and again loses nothing and repeats nothing', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'overpunch-crash-'));
  try {
    const { problems, frames } = await crashRounds(folder, 3, 1);
    expect(problems).toEqual([]);
    expect(frames).toBeGreaterThan(50);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
