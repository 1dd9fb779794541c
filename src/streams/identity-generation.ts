import type { FrameRecords } from './frame-records.ts';

const fewestSlots = 64;

/** What all generations of one direction have in common. */
export interface GenerationRule {
  readonly direction: 0 | 1;
  /** How long a stretch of deadlines is. */
  readonly span: number;
  /** What is added to a time to get its deadline. */
  readonly delay: number;
}

/**
 * The identities of one direction with deadlines in one stretch of time, in the order of arrival.
 *
 * They are found by slots: open addressing, linear probing, nothing is ever deleted. A slot is the index of an identity plus one in
 * as many of its lowest bits as count the slots; the bits above are those of the hash.
 */
export class IdentityGeneration {
  readonly number: number;
  /** The stretch of deadlines, from the first one up to that of the next generation, and what is added to a time to get its deadline. */
  readonly start: number;
  readonly end: number;
  readonly delay: number;
  count = 0;
  /** How many of them were committed. */
  saved = 0;
  slots: Int32Array;
  /** Whether some key is one that a number stands for. */
  hasNumberedKeys = false;
  private readonly direction: 0 | 1;
  private readonly records: FrameRecords;
  /** First entries of the pages. */
  readonly pages: number[] = [];
  /** Identity number `at` of the last page has the entry `base + at`. */
  base = 0;
  /** How many identities there may be before `makeRoom`: neither do the slots become full, nor the last page. */
  limit = 0;
  /** How many identities the slots are enough for. */
  private room: number;

  /** `slots` are all zero and a power of two in number. */
  constructor(
    number: number,
    rule: GenerationRule,
    records: FrameRecords,
    slots: Int32Array = new Int32Array(fewestSlots),
  ) {
    this.number = number;
    this.start = number * rule.span;
    this.end = (number + 1) * rule.span;
    this.delay = rule.delay;
    this.direction = rule.direction;
    this.records = records;
    this.slots = slots;
    this.room = roomFor(slots.length);
  }

  /** The entry of the identity that came as number `at`. */
  entry(at: number): number {
    const { pages, records } = this;
    return (pages[records.pageOf(at)] as number) + records.placeInPage(at);
  }

  /** Whether the next identity needs more slots than there are. */
  get isFull(): boolean {
    return this.count >= this.room;
  }

  /** How many slots another generation of about so many identities needs. */
  get slotsForAsMany(): number {
    let length = fewestSlots;
    while (roomFor(length) < this.count) length *= 2;
    return length;
  }

  /** The entry with this key and sequence and a time from `earliest` on; −1 when there is none. */
  findSince(hash: number, values: Float64Array, from: number, earliest: number): number {
    const { slots, records } = this;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const value = slots[slot] as number;
      if (value === 0) return -1;
      if (((value ^ hash) & ~mask) !== 0) continue;
      const entry = this.entry((value & mask) - 1);
      if (records.key(entry) !== values[from] || records.sequence(entry) !== values[from + 1]) continue;
      if (records.time(entry) >= earliest) return entry;
    }
  }

  /**
   * The entry of the identity (key, sequence, time) at `values[from]`, which is added when it is not there: then the complement of its entry.
   * Not when `isFull`.
   */
  findOrAdd(hash: number, values: Float64Array, from: number): number {
    this.makeRoom();
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let value = slots[slot] as number; value !== 0; value = slots[slot] as number) {
      if (((value ^ hash) & ~mask) === 0) {
        const entry = this.entry((value & mask) - 1);
        if (this.records.isOf(entry, values, from)) return entry;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = (hash & ~mask) | (this.count + 1);
    const entry = this.base + this.count++;
    this.records.write(entry, values, from);
    return ~entry;
  }

  /** Double the slots; `hashOf` tells the hash of an identity again. */
  grow(hashOf: (entry: number) => number): void {
    const slots = new Int32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let at = 0; at < this.count; at++) {
      const hash = hashOf(this.entry(at));
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (at + 1);
    }
    this.slots = slots;
    this.room = roomFor(slots.length);
    this.setLimit();
  }

  /** Have a page for the next identity, unless `isFull`. Returns whether there was none. */
  makeRoom(): boolean {
    const { count, pages, records } = this;
    if (this.isFull || count < records.countOf(pages.length)) return false;
    const page = records.takePage(this.direction);
    pages.push(page);
    this.base = page - count;
    this.setLimit();
    return true;
  }

  /** Give back the records, so that they are given out again in their order. */
  release(): void {
    for (let at = this.pages.length - 1; at >= 0; at--) this.records.freePage(this.pages[at] as number);
  }

  private setLimit(): void {
    this.limit = Math.min(this.room, this.records.countOf(this.pages.length));
  }
}

/** Five eighths of the slots: the ways to empty ones stay short. */
function roomFor(slots: number): number {
  return (5 * slots) >>> 3;
}
