import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('./stall-main.ts', import.meta.url));

// `npm run soak` does the same for a minute, under a siege of ten thousand connections.
test('a stalled sink leaves a line unread, memory flat and nothing lost', { timeout: 60_000 }, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main, '0.016'], {
    encoding: 'utf8',
  });
  expect(stdout + stderr).toContain('held');
  expect(status).toBe(0);
});
