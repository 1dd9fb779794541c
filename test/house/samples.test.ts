import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root } from './tracked-files.ts';

test('the bundled samples are what their script writes', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/make-samples.js', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
