import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const copybooks = fileURLToPath(new URL('../../copybooks/', import.meta.url));

/** Find a catalog that comes with the package, `overpunch:itc`, from the working folder; `null` for what names none. */
export function bundledCatalog(name: string): string | null {
  const found = /^overpunch:([a-z][a-z0-9-]{0,30})$/.exec(name)?.[1];
  if (found === undefined) return null;
  const file = `${copybooks}${found}/catalog.yaml`;
  return existsSync(file) ? relative('', file) : null;
}
