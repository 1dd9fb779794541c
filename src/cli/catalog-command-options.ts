import type { OptionTable } from './decoding-options.ts';
import { flag } from './option-definition.ts';

/** What commands that show a catalog can be told. */
export interface ShownCatalogOptions {
  readonly json?: boolean;
}

/** A definition for it. */
export const shownCatalogOptions: OptionTable<ShownCatalogOptions> = { json: flag('Output', 'print JSON') };
