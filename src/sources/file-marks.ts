import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { realPath } from '../copybook/inside-folder.ts';

/**
 * What a path and all others that lead to the same file have in common: its path without links and, of what is there, its place on disk. Two
 * paths lead to the same file when they share one of them.
 */
export function fileMarks(path: string): readonly string[] {
  const real = realPath(resolve(path));
  const stat = statSync(real, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? [real] : [real, `device ${stat.dev} inode ${stat.ino}`];
}
