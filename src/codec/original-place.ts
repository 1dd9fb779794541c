import { groupBits, placeOf } from '../copybook/item-places.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import type { OriginalPlace } from './encode-run.ts';
import type { ViewNode } from './plan.ts';
import type { Reading } from './reading.ts';

/** A part of a group that lies at the bit `at` of the original; `null` where its place cannot be told. */
export function originalPlace(part: ViewNode, group: OriginalPlace | null, at: number): OriginalPlace | null {
  if (group === null) return null;
  const reading = readingOf(part.item, group);
  if (reading === null && part.dynamic) return null;
  return { at, reading, copied: group.copied };
}

/** What the original has for an item of a group; `null` for nothing, as for absent views. */
export function readingOf(item: LayoutItem, group: OriginalPlace): Reading | null {
  if (group.reading?.kind !== 'group') return null;
  const { children } = group.reading;
  let byItem = indexes.get(children);
  if (byItem === undefined) {
    byItem = new Map(children.map((child) => [child.item, child]));
    indexes.set(children, byItem);
  }
  return byItem.get(item) ?? null;
}

const indexes = new WeakMap<readonly Reading[], ReadonlyMap<LayoutItem, Reading>>();

/** The bits an item took in the original. */
export function originalExtent(node: ViewNode, reading: Reading): number {
  if (!node.dynamic || node.kind === 'field') return node.bits;
  if (node.kind === 'table') {
    if (reading.kind !== 'table') return node.bits;
    const { entry, strideBits } = node;
    if (!entry.dynamic) return node.shifts ? reading.entries.length * strideBits : node.bits;
    return reading.entries.reduce((bits, child) => bits + originalExtent(entry, child), 0);
  }
  let next = 0;
  for (const part of node.parts) {
    const child = part.kind === 'area' || !part.dynamic ? null : readingOf(part.item, { at: 0, reading, copied: true });
    const bits = child === null || part.kind === 'area' ? part.bits : originalExtent(part, child);
    next = placeOf(part, next) + bits;
  }
  return groupBits(node.item, next);
}
