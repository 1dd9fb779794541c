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
  /** The items so far by name; of several alike the last one. */
  const before = new Map<string, DraftItem>();
  for (const item of group.children) {
    const clause = item.entry?.redefines ?? null;
    if (clause === null) {
      base = item;
    } else {
      const target = before.get(clause.name.toUpperCase());
      if (target === undefined || base === null)
        fail(item, 'REDEFINES_UNKNOWN', `redefines ${clause.name}, which is no item before it in its group`);
      if (target.level !== item.level)
        fail(item, 'REDEFINES_LEVEL', `has level ${item.level}, but ${clause.name} has level ${target.level}`);
      // Everything from the base on redefines it, directly or in a chain.
      if (target.index < base.index)
        fail(item, 'REDEFINES_BETWEEN', `redefines ${clause.name}, but other items stand between them`);
      item.redefines = target;
      if (base.views.length === 0) base.views.push(base);
      base.views.push(item);
    }
    if (item.name !== null) before.set(item.name.toUpperCase(), item);
    resolveRedefines(item);
  }
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
