import { readdirSync } from 'node:fs';
import { OverpunchError } from '../../errors.ts';

/** The manifest that a data directory gets when its partitions are made. */
export const nextManifest = 'manifest.json.tmp';

const ownFolder = 'lost+found'; // of a file system of its own

/** Throw STATE_FOREIGN when a folder that is to become a data directory holds anything. One that does not exist is free. */
export function checkFreeFolder(path: string): void {
  let names: string[];
  try {
    names = readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new OverpunchError('IO', `cannot read the folder ${path}: ${(error as Error).message}`, { cause: error });
  }
  const isBegun = names.includes(nextManifest); // by a start that was killed: nothing is in its partitions
  const isOwn = (name: string): boolean =>
    name === ownFolder || name === nextManifest || (isBegun && /^partition-[0-9]{4}$/.test(name));
  const found = names.sort().find((name) => !isOwn(name));
  if (found === undefined) return;
  throw new OverpunchError('STATE_FOREIGN', `${path} is no data directory, and holds ${JSON.stringify(found)}`, {
    hint: 'name a folder that is empty or does not exist: it is made',
  });
}
