import type { Table } from '../state/environment.ts';
import type { ChangeList, SavedRecord } from './change-list.ts';
import { saveUnder } from './saved-key.ts';

const fewest = 16; // words of a list: most races and terminals see few campaigns
const quickGrowth = 256; // words: up to there a list becomes four times as long, since to make one takes long
const chunkBits = 16; // 256 KiB: a larger one is made for a longer list alone
const lineStart = 12; // words: what is large starts 16 bytes behind a page, where malloc puts it
const nobody = 0;
const numberBits = 24; // of a word: a campaign and one, so that nobody is 0
const numberMask = (1 << numberBits) - 1;
const elsewhere = -128; // as a count: it does not fit beside the campaign
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
 * one page of the memory, with no object on the way. A word holds a campaign in its lower 24 bits and its count above them: as there are millions of
 * them, which come in no order, most are not in the cache.
 */
export class CampaignUses implements SavedRecord {
  changed = false;
  readonly #chunks: Int32Array[] = [];
  /** Words of the last chunk that are taken. */
  #end = 1 << chunkBits;
  /** Starts of lists that are free, by the binary logarithm of their words. */
  readonly #free: number[][] = Array.from({ length: 32 }, () => []);
  #heads: Int32Array = new Int32Array(firstOwners * headWidth);
  /** Counts that do not fit into words, by owner and campaign. */
  readonly #large = new Map<number, number>();
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
    for (let slot = homeOf(campaign, mask); ; slot = (slot + 1) & mask) {
      const word = words[first + slot] as number;
      if ((word & numberMask) === campaign + 1) return this.#countOf(word, owner);
      if (word === nobody) return 0;
    }
  }

  /** Read for the cache where the list of an owner is (-1: of none); returns anything. */
  fetchHead(owner: number): number {
    const head = owner * headWidth;
    return head >= 0 && head < this.#heads.length ? (this.#heads[head] as number) : 0;
  }

  /** Read for the cache what `get` looks at first; returns anything. */
  fetch(owner: number, campaign: number): number {
    const head = owner * headWidth;
    const heads = this.#heads;
    if (head < 0 || head >= heads.length) return 0;
    const mask = (heads[head + inHead.words] as number) - 1;
    if (mask < 0) return 0;
    const start = heads[head + inHead.start] as number;
    const words = this.#chunks[start >>> chunkBits] as Int32Array;
    return words[(start & ((1 << chunkBits) - 1)) + homeOf(campaign, mask)] as number;
  }

  /** Count so many more, or fewer; what is not there is added. */
  add(owner: number, campaign: number, count: number): void {
    if (campaign >= numberMask) throw new RangeError('there are too many campaigns');
    const head = owner * headWidth;
    if (head >= this.#heads.length) this.#makeRoom(head);
    const heads = this.#heads;
    if (8 * (heads[head + inHead.size] as number) >= 5 * (heads[head + inHead.words] as number)) this.#grow(head);
    const mask = (heads[head + inHead.words] as number) - 1;
    const start = heads[head + inHead.start] as number;
    const words = this.#chunks[start >>> chunkBits] as Int32Array;
    const first = start & ((1 << chunkBits) - 1);
    let slot = homeOf(campaign, mask);
    for (; ((words[first + slot] as number) & numberMask) !== campaign + 1; slot = (slot + 1) & mask) {
      if (words[first + slot] !== nobody) continue;
      words[first + slot] = campaign + 1;
      heads[head + inHead.size] = (heads[head + inHead.size] as number) + 1;
      break;
    }
    const word = words[first + slot] as number;
    words[first + slot] = this.#wordOf(word, owner, this.#countOf(word, owner) + count);
  }

  delete(owner: number, campaign: number): void {
    const words = this.#listOf(owner);
    const mask = words.length - 1;
    if (mask < 0) return;
    let hole = homeOf(campaign, mask);
    while (((words[hole] as number) & numberMask) !== campaign + 1) {
      if (words[hole] === nobody) return;
      hole = (hole + 1) & mask;
    }
    this.#wordOf(words[hole] as number, owner, 0);
    // Move up those behind it that would not be found any more.
    for (let at = (hole + 1) & mask; words[at] !== nobody; at = (at + 1) & mask) {
      const home = homeOf(campaignOf(words[at] as number), mask);
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      words[hole] = words[at] as number;
      hole = at;
    }
    words[hole] = nobody;
    const size = owner * headWidth + inHead.size;
    this.#heads[size] = (this.#heads[size] as number) - 1;
  }

  /** Forget all of an owner, whose number may be given to another one. */
  clear(owner: number): void {
    const head = owner * headWidth;
    if (head >= this.#heads.length) return;
    if (this.#large.size > 0) for (const campaign of this.campaigns(owner)) this.#large.delete(pairOf(owner, campaign));
    this.#release(head);
    this.#heads.fill(0, head, head + headWidth);
  }

  /** Campaigns of an owner. */
  sizeOf(owner: number): number {
    return this.#heads[owner * headWidth + inHead.size] ?? 0;
  }

  /** Numbers of all campaigns of an owner that are there now. */
  campaigns(owner: number): readonly number[] {
    const campaigns: number[] = [];
    for (const word of this.#listOf(owner)) if (word !== nobody) campaigns.push(campaignOf(word));
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
    while (words[slot] !== nobody && campaignOf(words[slot] as number) !== campaign) slot = (slot + 1) & mask;
    return words[slot] !== nobody;
  }

  #countOf(word: number, owner: number): number {
    const count = word >> numberBits;
    return count === elsewhere ? (this.#large.get(pairOf(owner, campaignOf(word))) as number) : count;
  }

  /** The word of a campaign, with another count. */
  #wordOf(word: number, owner: number, count: number): number {
    const isLarge = count <= elsewhere || count >= -elsewhere;
    if (isLarge) this.#large.set(pairOf(owner, campaignOf(word)), count);
    else if (word >> numberBits === elsewhere) this.#large.delete(pairOf(owner, campaignOf(word)));
    return (word & numberMask) | ((isLarge ? elsewhere : count) << numberBits);
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
    for (const word of old) {
      if (word === nobody) continue;
      let to = homeOf(campaignOf(word), mask);
      while (words[to] !== nobody) to = (to + 1) & mask;
      words[to] = word;
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
    const first = length + lineStart <= most ? lineStart : 0;
    this.#chunks.push(new Int32Array(Math.max(most, length)));
    this.#end = Math.min(most, first + length);
    return (this.#chunks.length - 1) * most + first;
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
  return (Math.imul(campaign, 0x9e37_79b1) >>> 15) & mask;
}

function campaignOf(word: number): number {
  return (word & numberMask) - 1;
}

function pairOf(owner: number, campaign: number): number {
  return owner * 2 ** numberBits + campaign;
}
