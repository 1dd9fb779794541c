import type { Catalog } from '../frames/catalog/catalog.ts';
import { loadCatalog } from '../frames/catalog/load-catalog.ts';
import { inputFile } from './input-file.ts';

/** Load the catalog that a command names. Throws IO, and a SettingsError with everything that is wrong with it. */
export async function openCatalog(file: string, allowOutside: boolean | undefined): Promise<Catalog> {
  await inputFile(file);
  return loadCatalog(file, { allowOutside: allowOutside === true });
}
