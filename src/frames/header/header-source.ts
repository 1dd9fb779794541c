import type { CatalogHeader, FrameType } from '../catalog/catalog.ts';

/** What of a catalog decides how headers are read; a catalog is one. */
export interface HeaderSource {
  readonly header: CatalogHeader;
  /** An index into these is what a reader calls the type. */
  readonly types: readonly Pick<FrameType, 'when' | 'role'>[];
}
