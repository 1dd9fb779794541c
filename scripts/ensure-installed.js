/**
 * Run `npm ci` when node_modules is missing or is not what package-lock.json says.
 *
 * npm writes `node_modules/.package-lock.json` as the last step of an install, so one that was killed counts as missing.
 * Prints nothing when there is nothing to do.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function readLock(file) {
  try {
    return JSON.parse(readFileSync(`${root}${file}`, 'utf8')).packages;
  } catch {
    return null;
  }
}

/** Say why an install is needed, or null. */
function reasonToInstall() {
  const wanted = readLock('package-lock.json');
  const installed = readLock('node_modules/.package-lock.json');
  if (installed === null) return 'node_modules is missing or incomplete';
  for (const [path, { version, integrity, optional, os, cpu }] of Object.entries(wanted ?? {})) {
    if (path === '') continue;
    const forThisMachine = (os?.includes(process.platform) ?? false) && (cpu?.includes(process.arch) ?? false);
    const found = installed[path];
    if (found === undefined ? !optional : found.version !== version || found.integrity !== integrity) {
      return `${path} is not ${version}`;
    }
    if (found !== undefined && (!optional || forThisMachine) && !existsSync(`${root}${path}/package.json`)) {
      return `${path} is missing`;
    }
  }
  return null;
}

const reason = reasonToInstall();
if (reason !== null) {
  console.error(`${reason}: npm ci`);
  // NODE_ENV=production would leave out what builds and tests.
  const options = { cwd: root, stdio: ['inherit', 2, 2], shell: process.platform === 'win32' };
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], options);
  process.exitCode = status ?? 1;
}
