import type { LayoutItem } from './layout.ts';

/** All bits of an item at maximum counts: every occurrence. */
export function totalBits(item: Pick<LayoutItem, 'bitLength' | 'occurs'>): number {
  return item.occurs === null ? item.bitLength : item.occurs.strideBits * item.occurs.maximum;
}
