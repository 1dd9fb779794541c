const width = 2;
const leastSlots = 2048;
const movedAtOnce = 8; // slots, with each number that is added: two would do
const taken = -1; // out of a table that is moved: what was behind it is still found

/**
 * Numbers from 0 up to 2³⁰ by hashes, with open addressing, several of a hash if need be.
 *
 * When the table is to be larger, a larger one stands beside it, and what is in the former one moves over little by little: all at once would be a pause.
 */
export class GradualSlots {
  /** A number + 1 (0: free) and its hash, one behind the other, as a hash elsewhere is a cache miss. At most half of them are taken. */
  private slots: Int32Array = new Int32Array(width * leastSlots);
  private count = 0;
  /** The former table, while it is moved, and how far that has come. */
  private former: Int32Array | null = null;
  private moved = 0;
  /** Where the search is. */
  private table: Int32Array = this.slots;
  private slot = 0;
  private hash = 0;

  /** Read for the cache what a search for a hash looks at first; returns anything. */
  fetch(hash: number): number {
    return this.slots[homeOf(hash, this.slots.length - width)] as number;
  }

  /** Search for a hash: the first number that has it, −1 when none has. */
  first(hash: number): number {
    this.hash = hash;
    return this.search(this.slots, homeOf(hash, this.slots.length - width));
  }

  /** The next number of the hash that is searched for, −1 when that was the last one. */
  next(): number {
    return this.search(this.table, (this.slot + width) & (this.table.length - width));
  }

  /** Take out the number that was found last. */
  remove(): void {
    if (this.table !== this.slots) this.table[this.slot] = taken;
    else {
      closeGap(this.slots, this.slot);
      this.count--;
    }
  }

  add(number: number, hash: number): void {
    if (this.former !== null) this.move(movedAtOnce);
    if (2 * width * (this.count + 1) > this.slots.length) this.grow();
    this.put(number + 1, hash);
  }

  private search(from: Int32Array, start: number): number {
    const { hash } = this;
    let table = from;
    let slot = start;
    for (;;) {
      const mask = table.length - width;
      for (; table[slot] !== 0; slot = (slot + width) & mask) {
        if (table[slot + 1] !== hash || table[slot] === taken) continue;
        this.table = table;
        this.slot = slot;
        return (table[slot] as number) - 1;
      }
      if (this.former === null || table === this.former) return -1;
      table = this.former;
      slot = homeOf(hash, table.length - width);
    }
  }

  private put(value: number, hash: number): void {
    const { slots } = this;
    const mask = slots.length - width;
    let slot = homeOf(hash, mask);
    while (slots[slot] !== 0) slot = (slot + width) & mask;
    slots[slot] = value;
    slots[slot + 1] = hash;
    this.count++;
  }

  private grow(): void {
    this.move(Number.POSITIVE_INFINITY);
    this.former = this.slots;
    this.moved = 0;
    this.slots = new Int32Array(2 * this.former.length);
    this.count = 0;
  }

  /** Move so many slots of the former table. */
  private move(slots: number): void {
    const { former } = this;
    if (former === null) return;
    const end = Math.min(former.length, this.moved + width * slots);
    for (let slot = this.moved; slot < end; slot += width) {
      const value = former[slot] as number;
      if (value > 0) this.put(value, former[slot + 1] as number);
      if (value !== 0) former[slot] = taken;
    }
    this.moved = end;
    if (end === former.length) this.former = null;
  }
}

/** Where a number is looked for first. */
function homeOf(hash: number, mask: number): number {
  return (hash << 1) & mask;
}

/** Free a slot, and move those behind it back that would not be found any more. */
function closeGap(slots: Int32Array, free: number): void {
  const mask = slots.length - width;
  let hole = free;
  for (let at = (hole + width) & mask; slots[at] !== 0; at = (at + width) & mask) {
    const home = homeOf(slots[at + 1] as number, mask);
    if (((at - home) & mask) < ((at - hole) & mask)) continue;
    slots[hole] = slots[at] as number;
    slots[hole + 1] = slots[at + 1] as number;
    hole = at;
  }
  slots[hole] = 0;
}
