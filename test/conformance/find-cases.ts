import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

/** Something that can be run, known by its files. `place` is its folder from the folder given, `set` the first part of it. */
export interface FoundCases {
  readonly shape: 'case' | 'vectors' | 'stored-records' | 'layouts';
  readonly file: string;
  readonly set: string;
  readonly place: string;
}

/** Walk a folder for everything that is a case, in the order of names. Links are followed, once. */
export function findCases(root: string): FoundCases[] {
  const found: FoundCases[] = [];
  const seen = new Set<string>();
  const top = realpathSync(root);
  walk(top);
  return found;

  function walk(folder: string): void {
    const real = realpathSync(folder);
    if (seen.has(real)) return;
    seen.add(real);
    const names = readdirSync(folder).sort();
    for (const name of names) {
      const file = join(folder, name);
      const shape = shapeOf(folder, name);
      if (shape !== null) found.push({ shape, file, ...placeOf(top, folder, shape) });
    }
    for (const name of names) {
      const path = join(folder, name);
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) walk(path);
    }
  }
}

function shapeOf(folder: string, name: string): FoundCases['shape'] | null {
  if (name === 'case.json') return 'case';
  if (name === 'vectors.json') return 'vectors';
  if (name.endsWith('.jsonl') && basename(folder) === 'layouts') return 'layouts';
  return /^records-.*\.jsonl$/.test(name) ? 'stored-records' : null;
}

/** The top folder is the set; for a folder given that is itself a set, or a single case, its own name is. */
function placeOf(top: string, folder: string, shape: FoundCases['shape']): { set: string; place: string } {
  const around = shape === 'case' || (shape === 'layouts' && folder !== top) ? dirname(folder) : folder;
  const outside = around !== top && !around.startsWith(top + sep);
  const within = outside ? '' : relative(top, around);
  const set = within === '' ? basename(top) : (within.split(sep)[0] ?? '');
  const below = relative(top, folder).split(sep).join('/');
  const place = within === '' && below !== '' ? `${basename(top)}/${below}` : below === '' ? basename(top) : below;
  return { set, place };
}
