import type { LayoutItem } from '../copybook/layout.ts';

/**
 * Write an item's path for issues: names below the 01 joined by `.`, with subscripts (`ORDER.LINE(2).PRICE`).
 *
 * An elementary 01 or 77 is its own name; the record itself and a fragment's surrounding group have the empty path.
 */
export function itemPath(item: LayoutItem, subscripts: readonly number[]): string {
  if (subscripts.length > 0) return writtenPath(item, subscripts);
  let path = plainPaths.get(item);
  if (path === undefined) {
    path = writtenPath(item, subscripts);
    plainPaths.set(item, path);
  }
  return path;
}

const plainPaths = new WeakMap<LayoutItem, string>(); // without subscripts: asked for again and again

function writtenPath(item: LayoutItem, subscripts: readonly number[]): string {
  const chain: LayoutItem[] = [];
  for (let at: LayoutItem | null = item; at !== null; at = at.parent) chain.unshift(at);
  const parts: string[] = [];
  let table = 0;
  for (const [depth, step] of chain.entries()) {
    const subscript = step.occurs === null ? undefined : subscripts[table++];
    if (depth === 0 && step.type === null && step.occurs === null) continue;
    parts.push((step.name ?? 'FILLER') + (subscript === undefined ? '' : `(${subscript})`));
  }
  return parts.join('.');
}
