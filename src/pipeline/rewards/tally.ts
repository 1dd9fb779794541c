/** Counts by name, of which there are few that stand in the program: they are found by looking at one after the other. */
export class Tally {
  /** In the order in which they came first. */
  readonly names: string[] = [];
  readonly counts: number[] = [];

  /** Let there be so many. */
  set(name: string, count: number): void {
    const at = this.names.indexOf(name);
    if (at >= 0) this.counts[at] = count;
    else {
      this.names.push(name);
      this.counts.push(count);
    }
  }

  /** Count one more; how many there are now. */
  add(name: string): number {
    const { names, counts } = this;
    for (let at = 0; at < names.length; at++) {
      if (names[at] !== name) continue;
      const count = (counts[at] as number) + 1;
      counts[at] = count;
      return count;
    }
    names.push(name);
    counts.push(1);
    return 1;
  }

  /** Begin to count one anew. */
  clear(name: string): void {
    const at = this.names.indexOf(name);
    if (at >= 0) this.counts[at] = 0;
  }

  get(name: string): number {
    return this.counts[this.names.indexOf(name)] ?? 0;
  }

  *[Symbol.iterator](): IterableIterator<readonly [string, number]> {
    for (const [at, name] of this.names.entries()) yield [name, this.counts[at] as number];
  }

  /** Be what was kept. */
  restore(entries: Iterable<readonly [string, number]>): void {
    this.names.length = 0;
    this.counts.length = 0;
    for (const [name, count] of entries) {
      this.names.push(name);
      this.counts.push(count);
    }
  }
}
