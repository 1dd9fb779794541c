import type { Catalog } from './catalog.ts';
import type { CatalogSource } from './catalog-source.ts';
import type { LazyFrameType } from './frame-type.ts';

/** What a catalog was made from. */
export interface CatalogOrigin {
  readonly source: CatalogSource;
  readonly types: readonly LazyFrameType[];
}

/** Where loaded catalogs came from: for checking them, and nobody else's concern. */
export const catalogOrigins: WeakMap<Catalog, CatalogOrigin> = new WeakMap();
