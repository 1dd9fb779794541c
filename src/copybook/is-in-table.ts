import type { LayoutItem } from './layout.ts';

/** Whether an item comes several times: it, or a group around it, has OCCURS. */
export function isInTable(item: LayoutItem): boolean {
  for (let at: LayoutItem | null = item; at !== null; at = at.parent) if (at.occurs !== null) return true;
  return false;
}
