import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Catalog } from '../frames/catalog/catalog.ts';
import { ioError } from '../settings/io-error.ts';

/**
 * Make the hash of a catalog and all copybooks it reads, COPY members too: what the state of a pipeline depends on. It says nothing of
 * where the files lie. Throws IO, and what copybooks of its types throw.
 */
export function catalogHash(catalog: Catalog): string {
  for (const type of catalog.types) type.codec(); // what it copies is known behind that
  // In an order that does not depend on which type was read first.
  const all = createHash('sha256');
  for (const hash of catalog.files().map(hashOfFile).sort()) all.update(hash);
  return all.digest('hex');
}

function hashOfFile(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch (error) {
    throw ioError(path, error);
  }
}
