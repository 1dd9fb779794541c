import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Make a folder, and those above it that are not there. Throws what the file system says: EROFS, EACCES, EEXIST for a file, ENOENT where
 * the file system has no place for folders.
 *
 * The recursive form of `mkdirSync` never returns for a folder below /proc, and says ENOENT where a file system is read-only.
 */
export function makeFolders(path: string, mode?: number): void {
  const missing: string[] = [];
  for (let above = resolve(path); !existsSync(above) && above !== dirname(above); above = dirname(above)) {
    missing.push(above);
  }
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder, { mode });
    } catch (error) {
      // Somebody else may make the same in this moment.
      const made = (error as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(folder);
      if (!made) throw error;
    }
  }
  if (!statSync(path).isDirectory()) throw Object.assign(new Error(`${path} is a file`), { code: 'EEXIST' });
}
