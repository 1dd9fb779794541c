import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

const ignored = /^(?:node_modules|dist|\.dist-.*|coverage|\.git)$/;

/** Walk a checkout that is no git repository (an unpacked archive). */
function walk(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (ignored.test(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** List the files that belong to the project: what git tracks or would track, with forward slashes, from the root. */
export function trackedFiles(): readonly string[] {
  const git = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (git.status !== 0 || git.stdout === '') return walk('');
  return git.stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}
