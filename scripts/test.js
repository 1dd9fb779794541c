/**
 * Install and build what is missing, lint, check types, and run the tests; arguments go to vitest.
 *
 * Every step runs even when one before it failed. The last line is `N passed, N failed, N skipped`, the exit status that
 * of the first step that failed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const failures = [];

/** Run a Node program of the checkout; its exit status. */
function run(title, ...command) {
  const { status, signal } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (status !== 0) failures.push({ title, status: status ?? 1, signal });
  return status ?? 1;
}

/** Count the tests in a report of vitest's json reporter; one that is missing or broken counts as a failure. */
function countTests(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  // A file that fails outside of its tests (an import, a hook) has no failed test of its own.
  const brokenFiles = report.testResults.filter(
    (result) => result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const installed = run('install', 'scripts/ensure-installed.js');
if (installed !== 0) process.exit(installed);
run('build', 'scripts/build.js');
run('lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.');
run('types of src', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit');
run('types of test', 'node_modules/typescript/bin/tsc', '-p', 'test/tsconfig.json');
run('types of bench', 'node_modules/typescript/bin/tsc', '-p', 'bench/tsconfig.json');

const folder = mkdtempSync(join(tmpdir(), 'overpunch-test-'));
const report = join(folder, 'report.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
run('tests', 'node_modules/vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2));
const counts = countTests(report);
rmSync(folder, { recursive: true, force: true });

for (const { title, status, signal } of failures)
  console.log(`FAILED: ${title} (${signal ?? `exit status ${status}`})`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = failures[0]?.status ?? (counts.failed > 0 ? 1 : 0);
