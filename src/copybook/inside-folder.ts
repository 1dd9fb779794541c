import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/** Whether a path stays below a folder, by its names and where links lead. What is yet to be made lies where its folder does. */
export function isInsideFolder(folder: string, path: string): boolean {
  return isBelow(resolve(folder), resolve(path)) && isBelow(realPath(resolve(folder)), realPath(resolve(path)));
}

/** Whether an absolute path is below an absolute folder by its names alone: links are not followed. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The real place of a path; for one that is yet to be made, of the nearest folder that exists. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : resolve(realPath(parent), relative(parent, path));
  }
}
