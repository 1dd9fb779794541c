import type { SyncRule } from './dialect.ts';
import type { DraftItem } from './draft-item.ts';

/**
 * The boundary in bytes a SYNCHRONIZED elementary item wants; 1 for all others.
 *
 * `ibm` (Language Reference, "SYNCHRONIZED clause"): 2-byte binary on 2, 4- and 8-byte binary on 4, COMP-1, INDEX and
 * POINTER on 4, COMP-2 on 8. `natural`: the item's own size when it is 2, 4 or 8.
 */
export function syncBoundary(item: DraftItem, rule: SyncRule): number {
  if (!item.synchronized || rule === 'none' || (item.type?.kind !== 'binary' && item.type?.kind !== 'float')) return 1;
  const size = item.bitLength / 8;
  if (rule === 'natural') return size === 2 || size === 4 || size === 8 ? size : 1;
  if (item.type.kind === 'float') return size;
  if (item.usage === 'INDEX' || item.usage === 'POINTER') return 4;
  if (size === 2) return 2;
  return size === 4 || size === 8 ? 4 : 1;
}
