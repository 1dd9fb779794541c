import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { Catalog } from '../frames/catalog/catalog.ts';
import { loadCatalog } from '../frames/catalog/load-catalog.ts';
import { bundledCatalog, bundledCatalogs, isBundledName } from '../pipeline/bundled-catalog.ts';
import { inputFile } from './input-file.ts';

/**
 * Load the catalog that a command names: a file, or one that comes with the package (`overpunch:itc`). Throws USAGE for one that does not, IO,
 * and a SettingsError with everything that is wrong with it.
 */
export async function openCatalog(name: string, allowOutside: boolean | undefined): Promise<Catalog> {
  const file = bundledCatalog(name) ?? name;
  if (isBundledName(file)) {
    throw new OverpunchError('USAGE', `no catalog ${printable(name)} comes with the package`, {
      hint: `there is ${bundledCatalogs().join(', ')}; a file of that name is ./${printable(name)}`,
    });
  }
  await inputFile(file);
  return loadCatalog(file, { allowOutside: allowOutside === true });
}
