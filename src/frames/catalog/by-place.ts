import type { CatalogProblem } from './catalog-error.ts';

/** Order problems by where they stand in the file. */
export function byPlace({ position: one }: CatalogProblem, { position: other }: CatalogProblem): number {
  return one.line - other.line || one.column - other.column;
}
