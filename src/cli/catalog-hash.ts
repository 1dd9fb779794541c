import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Catalog } from '../frames/catalog/catalog.ts';
import { ioError } from '../settings/io-error.ts';

/** Make the hash of a catalog and the copybooks of its types: what the state of a pipeline depends on. Throws `IO`. */
export function catalogHash({ file, types }: Catalog): string {
  const hash = createHash('sha256');
  for (const path of [file, ...new Set(types.map(({ copybook }) => copybook))]) {
    try {
      hash.update(readFileSync(path)).update('\0');
    } catch (error) {
      throw ioError(path, error);
    }
  }
  return hash.digest('hex');
}
