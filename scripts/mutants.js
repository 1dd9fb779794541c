/**
 * Show that the tests notice when a rule is broken: `npm run mutants [-- NAME…]`.
 *
 * Each mutation of `scripts/mutations.js` is applied to a copy of the sources and its tests are run there. A mutant that fails a test
 * is killed. Exit status 0 only if all are killed, and the tests pass without a mutation. Names choose mutations that contain them.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutations } from './mutations.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const copied = ['src', 'test', 'copybooks', 'fixtures', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
const slowest = 300_000; // ms: a mutant that loops for ever is killed too

/** Whether the tests pass in a folder. */
function pass(folder, tests) {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--bail=1', '--reporter=dot', ...tests];
  const { status, stdout, stderr } = spawnSync(process.execPath, vitest, { cwd: folder, timeout: slowest });
  const text = `${stdout}${stderr}`;
  // Without a single test nothing was shown either way.
  if (/No test files found/.test(text)) throw new Error(`no test files: ${tests.join(' ')}\n${text}`);
  return { passed: status === 0, text };
}

const wanted = process.argv.slice(2);
const chosen = mutations.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
if (chosen.length === 0) {
  console.error(`no mutation is named ${wanted.join(' or ')}`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
let survived = 0;
try {
  for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const tests = [...new Set(chosen.flatMap((mutation) => mutation.tests))];
  const sound = pass(folder, tests);
  if (!sound.passed) {
    console.error(`the tests fail without a mutation:\n${sound.text}`);
    process.exitCode = 1;
  } else {
    for (const { name, file, from, to, tests } of chosen) {
      const path = join(folder, file);
      const source = readFileSync(path, 'utf8');
      if (source.split(from).length !== 2) {
        console.log(`STALE     ${name}: its text is not in ${file} exactly once`);
        survived++;
        continue;
      }
      writeFileSync(
        path,
        source.replace(from, () => to),
      );
      const { passed } = pass(folder, tests);
      writeFileSync(path, source);
      console.log(`${passed ? 'SURVIVED' : 'killed  '}  ${name}`);
      if (passed) survived++;
    }
    console.log(`${chosen.length - survived} of ${chosen.length} mutants killed`);
    process.exitCode = survived === 0 ? 0 : 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
