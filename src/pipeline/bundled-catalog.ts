import { existsSync, readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const copybooks = fileURLToPath(new URL('../../copybooks/', import.meta.url));
const prefix = 'overpunch:';

/** Whether something names a catalog that comes with the package, `overpunch:itc`, be there one or not. */
export function isBundledName(name: string): boolean {
  return name.startsWith(prefix);
}

/** Find a catalog that comes with the package, `overpunch:itc`, from the working folder; `null` for what names none. */
export function bundledCatalog(name: string): string | null {
  if (!isBundledName(name) || !/^[a-z][a-z0-9-]{0,30}$/.test(name.slice(prefix.length))) return null;
  const file = `${copybooks}${name.slice(prefix.length)}/catalog.yaml`;
  return existsSync(file) ? relative('', file) : null;
}

/** The names of all of them. */
export function bundledCatalogs(): readonly string[] {
  const names = readdirSync(copybooks).map((name) => `${prefix}${name}`);
  return names.filter((name) => bundledCatalog(name) !== null);
}

/** How a command names the catalog of a file: as it comes with the package, or by the file. */
export function catalogName(file: string): string {
  return bundledCatalogs().find((name) => bundledCatalog(name) === file) ?? file;
}
