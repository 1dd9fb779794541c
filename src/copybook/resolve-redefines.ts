import type { Code } from '../errors.ts';
import { CopybookError } from './copybook-error.ts';
import type { DraftItem } from './draft-item.ts';

/**
 * Second pass: link every REDEFINES to its target, and list the views of each redefined area on its first item.
 *
 * A chain (C redefines B, which redefines A) is one area; nothing else may stand between its items.
 */
export function resolveRedefines(group: DraftItem): void {
  let base: DraftItem | null = null;
  for (const item of group.children) {
    const clause = item.entry?.redefines ?? null;
    if (clause === null) {
      base = item;
    } else {
      const target = findTarget(group, item, clause.name);
      if (target === null)
        fail(item, 'REDEFINES_UNKNOWN', `redefines ${clause.name}, which is no item before it in its group`);
      if (target.level !== item.level)
        fail(item, 'REDEFINES_LEVEL', `has level ${item.level}, but ${clause.name} has level ${target.level}`);
      const first: DraftItem = target.redefines === null ? target : areaOf(target);
      if (first !== base)
        fail(item, 'REDEFINES_BETWEEN', `redefines ${clause.name}, but other items stand between them`);
      item.redefines = target;
      if (first.views.length === 0) first.views.push(first);
      first.views.push(item);
    }
    resolveRedefines(item);
  }
}

/** The first item of the area a redefining item belongs to. */
function areaOf(item: DraftItem): DraftItem {
  let first = item;
  while (first.redefines !== null) first = first.redefines;
  return first;
}

function findTarget(group: DraftItem, item: DraftItem, name: string): DraftItem | null {
  const wanted = name.toUpperCase();
  for (let at = group.children.indexOf(item) - 1; at >= 0; at--) {
    const sibling = group.children[at];
    if (sibling?.name?.toUpperCase() === wanted) return sibling;
  }
  return null;
}

function fail(item: DraftItem, code: Code, what: string): never {
  throw new CopybookError({
    code,
    severity: 'error',
    position: item.entry?.redefines?.position ?? item.position,
    message: `${item.name ?? 'FILLER'} ${what}`,
    expected: 'the item directly before it in the same group, or one that redefines it',
  });
}
