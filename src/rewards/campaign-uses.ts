import type { Table } from '../state/environment.ts';
import type { ChangeList, SavedRecord } from './change-list.ts';
import { saveUnder } from './saved-key.ts';

const fewest = 16; // words of a list: most races and terminals see few campaigns
const quickGrowth = 256; // words: up to there a list becomes four times as long, since to make one takes long
const chunkBits = 16; // 256 KiB: a larger one is made for a longer list alone
const nobody = 0;
const firstOwners = 64;

/** Where the list of an owner is, its words (0: it has none), and the campaigns in it. */
const inHead = { start: 0, words: 1, size: 2 } as const;
const headWidth = 4;

/** A race or a terminal. */
export interface UsesOwner {
  /** From 0, among its kind. */
  readonly number: number;
  /** The key under which is kept what a campaign has given of it. */
  useKey(campaign: number): Uint8Array;
  /** What is kept there; `used` is -1 for what was taken away. `null`: nothing. */
  useValue(campaign: number, used: number): Uint8Array | null;
}

/**
 * How many rewards of campaigns are out of each of many owners, found by the numbers of both.
 *
 * The campaigns of an owner lie in one short list with open addressing: a bet asks for several campaigns of one terminal and one race, and finds them in
 * one page of the memory, with no object on the way.
 */
export class CampaignUses implements SavedRecord {
  changed = false;
  readonly #chunks: Int32Array[] = [];
  /** Words of the last chunk that are taken. */
  #end = 1 << chunkBits;
  /** Starts of lists that are free, by the binary logarithm of their words. */
  readonly #free: number[][] = Array.from({ length: 32 }, () => []);
  #heads: Int32Array = new Int32Array(firstOwners * headWidth);
  /** Owners and campaigns that changed, one beside the other. */
  #owners: UsesOwner[] = [];
  #campaigns: number[] = [];

  /** How many are out; 0 too for what is not there. */
  get(owner: number, campaign: number): number {
    const head = owner * headWidth;
    const heads = this.#heads;
    if (head >= heads.length) return 0;
    const mask = (heads[head + inHead.words] as number) - 1;
    if (mask < 0) return 0;
    const start = heads[head + inHead.start] as number;
    const words = this.#chunks[start >>> chunkBits] as Int32Array;
    const first = start & ((1 << chunkBits) - 1);
    for (let slot = homeOf(campaign, mask); ; slot = (slot + 2) & mask) {
      const number = words[first + slot] as number;
      if (number === campaign + 1) return words[first + slot + 1] as number;
      if (number === nobody) return 0;
    }
  }

  /** Count so many more, or fewer; what is not there is added. */
  add(owner: number, campaign: number, count: number): void {
    const head = owner * headWidth;
    if (head >= this.#heads.length) this.#makeRoom(head);
    const heads = this.#heads;
    if (4 * (heads[head + inHead.size] as number) >= (heads[head + inHead.words] as number)) this.#grow(head);
    const mask = (heads[head + inHead.words] as number) - 1;
    const start = heads[head + inHead.start] as number;
    const words = this.#chunks[start >>> chunkBits] as Int32Array;
    const first = start & ((1 << chunkBits) - 1);
    let slot = homeOf(campaign, mask);
    for (; words[first + slot] !== campaign + 1; slot = (slot + 2) & mask) {
      if (words[first + slot] !== nobody) continue;
      words[first + slot] = campaign + 1;
      heads[head + inHead.size] = (heads[head + inHead.size] as number) + 1;
      break;
    }
    words[first + slot + 1] = (words[first + slot + 1] as number) + count;
  }

  delete(owner: number, campaign: number): void {
    const words = this.#listOf(owner);
    const mask = words.length - 1;
    if (mask < 0) return;
    let hole = homeOf(campaign, mask);
    while (words[hole] !== campaign + 1) {
      if (words[hole] === nobody) return;
      hole = (hole + 2) & mask;
    }
    // Move up those behind it that would not be found any more.
    for (let at = (hole + 2) & mask; words[at] !== nobody; at = (at + 2) & mask) {
      const home = homeOf((words[at] as number) - 1, mask);
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      words[hole] = words[at] as number;
      words[hole + 1] = words[at + 1] as number;
      hole = at;
    }
    words[hole] = nobody;
    words[hole + 1] = 0;
    const size = owner * headWidth + inHead.size;
    this.#heads[size] = (this.#heads[size] as number) - 1;
  }

  /** Forget all of an owner, whose number may be given to another one. */
  clear(owner: number): void {
    const head = owner * headWidth;
    if (head >= this.#heads.length) return;
    this.#release(head);
    this.#heads.fill(0, head, head + headWidth);
  }

  /** Campaigns of an owner. */
  sizeOf(owner: number): number {
    return this.#heads[owner * headWidth + inHead.size] ?? 0;
  }

  /** Numbers of all campaigns of an owner that are there now. */
  campaigns(owner: number): readonly number[] {
    const words = this.#listOf(owner);
    const campaigns: number[] = [];
    for (let slot = 0; slot < words.length; slot += 2) {
      if (words[slot] !== nobody) campaigns.push((words[slot] as number) - 1);
    }
    return campaigns;
  }

  /** Hear that what a campaign has given of an owner changed. */
  note(owner: UsesOwner, campaign: number, changes: ChangeList): void {
    if (!changes.kept) return;
    this.#owners.push(owner);
    this.#campaigns.push(campaign);
    changes.note(this);
  }

  save(table: Table): void {
    const saved = new Set<number>();
    for (const [at, owner] of this.#owners.entries()) {
      const campaign = this.#campaigns[at] as number;
      const pair = owner.number * 2 ** 31 + campaign; // no owner is followed by one of other keys between two commits
      if (saved.has(pair)) continue;
      saved.add(pair);
      const used = this.#has(owner.number, campaign) ? this.get(owner.number, campaign) : -1;
      saveUnder(table, owner.useKey(campaign), owner.useValue(campaign, used));
    }
    this.#owners = [];
    this.#campaigns = [];
  }

  #has(owner: number, campaign: number): boolean {
    const words = this.#listOf(owner);
    const mask = words.length - 1;
    if (mask < 0) return false;
    let slot = homeOf(campaign, mask);
    while (words[slot] !== nobody && words[slot] !== campaign + 1) slot = (slot + 2) & mask;
    return words[slot] !== nobody;
  }

  /** The words of an owner's list. */
  #listOf(owner: number): Int32Array {
    const head = owner * headWidth;
    const length = this.#heads[head + inHead.words] ?? 0;
    if (length === 0) return nothing;
    const start = this.#heads[head + inHead.start] as number;
    const first = start & ((1 << chunkBits) - 1);
    return (this.#chunks[start >>> chunkBits] as Int32Array).subarray(first, first + length);
  }

  #grow(head: number): void {
    const old = this.#listOf(head / headWidth);
    const length = Math.max(fewest, (old.length < quickGrowth ? 4 : 2) * old.length);
    const start = this.#take(length);
    this.#release(head);
    this.#heads[head + inHead.start] = start;
    this.#heads[head + inHead.words] = length;
    const words = this.#listOf(head / headWidth);
    const mask = length - 1;
    for (let from = 0; from < old.length; from += 2) {
      const number = old[from] as number;
      if (number === nobody) continue;
      let to = homeOf(number - 1, mask);
      while (words[to] !== nobody) to = (to + 2) & mask;
      words[to] = number;
      words[to + 1] = old[from + 1] as number;
    }
  }

  /** Find room for a list, all zeros; returns its start. */
  #take(length: number): number {
    const free = this.#free[Math.log2(length)]?.pop();
    if (free !== undefined) {
      const first = free & ((1 << chunkBits) - 1);
      (this.#chunks[free >>> chunkBits] as Int32Array).fill(0, first, first + length);
      return free;
    }
    const most = 1 << chunkBits;
    if (length <= most && this.#end + length <= most) {
      const start = (this.#chunks.length - 1) * most + this.#end;
      this.#end += length;
      return start;
    }
    this.#chunks.push(new Int32Array(Math.max(most, length)));
    this.#end = Math.min(most, length);
    return (this.#chunks.length - 1) * most;
  }

  #release(head: number): void {
    const length = this.#heads[head + inHead.words] as number;
    if (length > 0) this.#free[Math.log2(length)]?.push(this.#heads[head + inHead.start] as number);
  }

  #makeRoom(head: number): void {
    const heads = new Int32Array(Math.max(2 * this.#heads.length, head + headWidth));
    heads.set(this.#heads);
    this.#heads = heads;
  }
}

const nothing = new Int32Array(0);

/** Where a campaign is looked for first: numbers of one list lie together, so that they are spread. */
function homeOf(campaign: number, mask: number): number {
  return (Math.imul(campaign, 0x9e37_79b1) >>> 15) & mask & ~1;
}
