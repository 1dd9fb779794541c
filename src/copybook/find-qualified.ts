/** The part of an item a reference is resolved with. */
interface Named {
  readonly name: string | null;
  readonly parent: Named | null;
}

/**
 * Find the items a COBOL reference fits: `names` innermost first (`A OF B` = ['A', 'B']), each further name that of some
 * group around. Names compare without case.
 */
export function findQualified<T extends Named>(items: readonly T[], names: readonly string[]): T[] {
  const [own, ...groups] = names.map((name) => name.toUpperCase());
  return items.filter((item) => {
    if (item.name?.toUpperCase() !== own) return false;
    let group = item.parent;
    for (const name of groups) {
      while (group !== null && group.name?.toUpperCase() !== name) group = group.parent;
      if (group === null) return false;
      group = group.parent;
    }
    return true;
  });
}
