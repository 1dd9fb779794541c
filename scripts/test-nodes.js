/**
 * Run the tests on every supported Node, oldest first, and print a table of the results; arguments go to vitest.
 *
 * npm's `node-<platform>-<arch>` packages, which its `node` package installs by script, hold the binaries. They are
 * kept under node_modules/.cache.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
// The lowest version that package.json allows, then the newest of the later lines.
const versions = ['20.19.0', '22', '24'];
const windows = process.platform === 'win32';
const platform = `node-${windows ? 'win' : process.platform}-${process.arch}`;

/** Install one Node if need be; the path of its binary. */
function install(version) {
  const folder = join(root, 'node_modules/.cache/nodes', version);
  const binary = join(folder, 'node_modules', platform, 'bin', windows ? 'node.exe' : 'node');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--prefix', folder];
    const options = { cwd: folder, stdio: ['ignore', 2, 2], shell: windows };
    spawnSync('npm', ['install', ...flags, `${platform}@${version}`], options);
  }
  return binary;
}

/** Run the tests on one Node; a row of the table. */
function test(version) {
  const binary = install(version);
  const found = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  if (found.status !== 0) return { node: version, passed: false, result: `${platform}@${version} cannot be installed` };
  console.log(`\nNode ${found.stdout.trim()}`);
  const env = { ...process.env, PATH: `${dirname(binary)}${delimiter}${process.env.PATH}` };
  const { status, stdout } = spawnSync(binary, ['scripts/test.js', ...process.argv.slice(2)], {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  });
  process.stdout.write(stdout);
  const lines = stdout.trimEnd().split('\n');
  const result = [lines.at(-1), ...lines.filter((line) => line.startsWith('FAILED: '))].join('; ');
  return { node: found.stdout.trim(), passed: status === 0, result };
}

const rows = versions.map(test);
console.log();
for (const { node, passed, result } of rows)
  console.log(`${node.padEnd(12)}${passed ? 'ok    ' : 'FAILED'}  ${result}`);
process.exitCode = rows.every((row) => row.passed) ? 0 : 1;
