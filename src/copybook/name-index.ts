/** What a COBOL reference is resolved with: items in preorder, each at its own index. */
interface Named {
  readonly index: number;
  readonly name: string | null;
  readonly parent: Named | null;
}

/** The items of a record by name, for references in the copybook. Names compare without case. */
export class NameIndex<T extends Named> {
  /** Indexes of the items of a name, ascending. */
  readonly #byName = new Map<string, number[]>();
  /** Index of the last item in the group at an index. */
  readonly #ends: number[];
  readonly #items: readonly T[];

  constructor(items: readonly T[]) {
    this.#items = items;
    this.#ends = items.map((item) => item.index);
    for (const [at, item] of items.entries()) {
      if (item.name === null) continue;
      const others = this.#byName.get(item.name.toUpperCase());
      if (others === undefined) this.#byName.set(item.name.toUpperCase(), [at]);
      else others.push(at);
    }
    for (let at = items.length - 1; at > 0; at--) {
      const group = items[at]?.parent?.index;
      if (group !== undefined) this.#ends[group] = Math.max(this.#ends[group] ?? 0, this.#ends[at] ?? 0);
    }
  }

  /** The items a reference fits: `names` innermost first (`A OF B` = ['A', 'B']), each further name that of some group around. */
  find(names: readonly string[]): T[] {
    const [own = '', ...groups] = names.map((name) => name.toUpperCase());
    return this.#candidates(own, groups).filter((item) => isWithin(item, groups));
  }

  /** The items of a name; only those in the rarest of the groups, so that many alike cost little. */
  #candidates(own: string, groups: readonly string[]): T[] {
    const places = this.#byName.get(own) ?? [];
    let rarest = places;
    for (const group of groups) {
      const these = this.#byName.get(group) ?? [];
      if (these.length < rarest.length) rarest = these;
    }
    if (rarest === places) return this.#at(places);
    const found = new Set<number>();
    for (const group of rarest) {
      for (let at = firstBehind(places, group); (places[at] ?? Infinity) <= (this.#ends[group] ?? 0); at++) {
        found.add(places[at] as number);
      }
    }
    return this.#at([...found]);
  }

  #at(places: readonly number[]): T[] {
    return places.flatMap((place) => this.#items[place] ?? []);
  }
}

function isWithin(item: Named, groups: readonly string[]): boolean {
  let group = item.parent;
  for (const name of groups) {
    while (group !== null && group.name?.toUpperCase() !== name) group = group.parent;
    if (group === null) return false;
    group = group.parent;
  }
  return true;
}

/** Where the first of ascending places stands that is larger than `place`. */
function firstBehind(places: readonly number[], place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}
