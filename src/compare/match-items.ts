import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';

/**
 * Find for the items of a record those they were in an older one: by name within their group, then, for those left over,
 * by a name that is left over once on both sides. FILLER is matched by the last sibling before it that both have.
 */
export function matchRecordItems(old: RecordLayout, next: RecordLayout): ReadonlyMap<LayoutItem, LayoutItem> {
  const partners = new Map<LayoutItem, LayoutItem>([[next.root, old.root]]);
  const taken = new Set<LayoutItem>([old.root]);
  const pair = (item: LayoutItem, partner: LayoutItem): void => {
    partners.set(item, partner);
    taken.add(partner);
  };
  const matchBelow = (oldGroup: LayoutItem, nextGroup: LayoutItem): void => {
    const oldKeys = keysOf(oldGroup.children, namesOf(nextGroup.children));
    const nextKeys = keysOf(nextGroup.children, namesOf(oldGroup.children));
    const byKey = new Map(oldGroup.children.map((item, at) => [oldKeys[at], item]));
    for (const [at, item] of nextGroup.children.entries()) {
      const partner = byKey.get(nextKeys[at]);
      if (partner === undefined || taken.has(partner) || partners.has(item)) continue;
      pair(item, partner);
      matchBelow(partner, item);
    }
  };
  matchBelow(old.root, next.root);
  const oldLeft = byName(old.items.filter((item) => !taken.has(item)));
  const nextLeft = byName(next.items.filter((item) => !partners.has(item)));
  for (const [name, items] of nextLeft) {
    const [item, ...more] = items;
    const [partner, ...others] = oldLeft.get(name) ?? [];
    if (item === undefined || partner === undefined || more.length + others.length > 0) continue;
    // A group that was matched just now may have brought them together.
    if (taken.has(partner) || partners.has(item)) continue;
    pair(item, partner);
    matchBelow(partner, item);
  }
  return partners;
}

function namesOf(items: readonly LayoutItem[]): ReadonlySet<string> {
  return new Set(items.flatMap((item) => item.name?.toUpperCase() ?? []));
}

/** A key for each of the children of a group: its name and which of that name, for FILLER what stands before it. */
function keysOf(items: readonly LayoutItem[], others: ReadonlySet<string>): readonly string[] {
  const counts = new Map<string, number>();
  let anchor = '';
  return items.map((item) => {
    const name = item.name?.toUpperCase();
    if (name !== undefined && others.has(name)) anchor = name;
    const base = name === undefined ? `FILLER behind ${anchor}` : name;
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    return `${base} ${count}`;
  });
}

function byName(items: readonly LayoutItem[]): ReadonlyMap<string, readonly LayoutItem[]> {
  const groups = new Map<string, LayoutItem[]>();
  for (const item of items) {
    if (item.name === null) continue;
    const name = item.name.toUpperCase();
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}
