import type { LayoutItem } from './layout.ts';

/** List the elementary items of a group in copybook order; of an elementary item, itself. */
export function elementaryItems(item: LayoutItem): readonly LayoutItem[] {
  return item.type === null ? item.children.flatMap(elementaryItems) : [item];
}
