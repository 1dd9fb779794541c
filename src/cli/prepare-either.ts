import { OverpunchError } from '../errors.ts';
import { type EitherOptions, withoutCatalog } from './catalog-options.ts';
import type { CommonOptions } from './common-options.ts';
import type { CatalogDecoding } from './prepare-catalog.ts';
import { type CopybookDecoding, prepareDecoding } from './prepare-decoding.ts';

/** Records that a copybook or a catalog describes. */
export type EitherDecoding = CopybookDecoding | CatalogDecoding;

/** Prepare what a command that takes a copybook or a catalog needs. Throws USAGE, and what the two of them throw. */
export async function prepareEither(
  command: string,
  files: readonly string[],
  options: EitherOptions & CommonOptions,
  warn: (text: string) => void,
): Promise<EitherDecoding> {
  if (options.catalog !== undefined) {
    const { prepareCatalog } = await import('./prepare-catalog.ts');
    return prepareCatalog(files, options, options.catalog);
  }
  const ofCopybook = withoutCatalog(options);
  if (options.copybook === undefined) {
    throw new OverpunchError('USAGE', `${command} needs --copybook FILE, or --catalog FILE`);
  }
  return prepareDecoding(command, files, ofCopybook, warn);
}
