import type { LayoutItem } from '../copybook/layout.ts';
import type { OriginalPlace } from './encode-run.ts';
import { slideOf } from './measure.ts';
import type { GroupNode, ViewNode } from './plan.ts';
import type { Reading } from './reading.ts';

/** Where a part of a group lies in the original; `null` where that cannot be told. */
export function originalPlace(part: ViewNode, group: OriginalPlace | null, slide: number): OriginalPlace | null {
  if (group === null) return null;
  const reading = readingOf(part.item, group);
  if (reading === null && part.dynamic) return null;
  return { at: group.at + part.relative - slide, reading, copied: group.copied };
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
  return node.bits - slides(node, reading);
}

function slides(node: GroupNode, reading: Reading): number {
  let slide = 0;
  for (const part of node.parts) {
    if (part.kind === 'area' || !part.dynamic) continue;
    const child = readingOf(part.item, { at: 0, reading, copied: true });
    if (child !== null) slide += slideOf(part.bits, originalExtent(part, child));
  }
  return slide;
}
