import { groupBits, partsOf, placeOf } from './item-places.ts';
import type { LayoutItem } from './layout.ts';

/**
 * Count the bits of one occurrence of an item with every table that depends on a counter at its minimum, and what follows moved up;
 * redefined areas keep their size.
 */
export function shortestBits(item: LayoutItem): number {
  if (!hasVariableTable(item)) return item.bitLength;
  let next = 0;
  for (const part of partsOf(item)) {
    const { first } = part;
    const { occurs } = first;
    const place = placeOf(part, next);
    if (first.views.length > 0) next = place + part.bits;
    else if (occurs === null) next = place + shortestBits(first);
    else next = place + (occurs.counterName === null ? occurs.maximum : occurs.minimum) * shortestBits(first);
  }
  return groupBits(item, next);
}

function hasVariableTable(item: LayoutItem): boolean {
  return item.children.some((child) => child.occurs?.counterName != null || hasVariableTable(child));
}
