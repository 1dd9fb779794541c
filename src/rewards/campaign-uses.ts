import type { Table } from '../state/environment.ts';
import type { ChangeList, SavedRecord } from './change-list.ts';
import { saveUnder } from './saved-key.ts';

const fewest = 8; // slots: most races and terminals see few campaigns
const quickGrowth = 256; // words: up to there it becomes four times as long, since to make a list takes long
const nobody = 0;
const nothing = new Int32Array(0);

/** A race or a terminal. */
export interface UsesOwner {
  /** The key under which is kept what a campaign has given of it. */
  useKey(campaign: number): Uint8Array;
  /** What is kept there; `used` is -1 for what was taken away. `null`: nothing. */
  useValue(campaign: number, used: number): Uint8Array | null;
}

/**
 * How many rewards of campaigns are out of something, found by the numbers of the campaigns.
 *
 * It is small, as there is one for every terminal and race: open addressing in a list that is made with the first entry.
 */
export class CampaignUses implements SavedRecord {
  size = 0;
  changed = false;
  readonly #owner: UsesOwner;
  /** The number of a campaign + 1 and how many are out, one behind the other; at most half of the slots are taken. */
  #slots: Int32Array = nothing;
  /** Campaigns that changed. */
  #noted: number[] = [];

  constructor(owner: UsesOwner) {
    this.#owner = owner;
  }

  /** How many are out; 0 too for what is not there. */
  get(campaign: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    if (mask < 0) return 0;
    for (let slot = homeOf(campaign, mask); ; slot = (slot + 2) & mask) {
      const number = slots[slot] as number;
      if (number === campaign + 1) return slots[slot + 1] as number;
      if (number === nobody) return 0;
    }
  }

  /** Count so many more, or fewer; what is not there is added. */
  add(campaign: number, count: number): void {
    if (4 * this.size >= this.#slots.length) this.#grow();
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = homeOf(campaign, mask);
    for (; slots[slot] !== campaign + 1; slot = (slot + 2) & mask) {
      if (slots[slot] !== nobody) continue;
      slots[slot] = campaign + 1;
      this.size += 1;
      break;
    }
    slots[slot + 1] = (slots[slot + 1] as number) + count;
  }

  delete(campaign: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    if (mask < 0) return;
    let hole = homeOf(campaign, mask);
    while (slots[hole] !== campaign + 1) {
      if (slots[hole] === nobody) return;
      hole = (hole + 2) & mask;
    }
    // Move up those behind it that would not be found any more.
    for (let at = (hole + 2) & mask; slots[at] !== nobody; at = (at + 2) & mask) {
      const home = homeOf((slots[at] as number) - 1, mask);
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[hole] = slots[at] as number;
      slots[hole + 1] = slots[at + 1] as number;
      hole = at;
    }
    slots[hole] = nobody;
    slots[hole + 1] = 0;
    this.size -= 1;
  }

  /** Numbers of all campaigns that are there now. */
  campaigns(): readonly number[] {
    const slots = this.#slots;
    const campaigns: number[] = [];
    for (let slot = 0; slot < slots.length; slot += 2) {
      if (slots[slot] !== nobody) campaigns.push((slots[slot] as number) - 1);
    }
    return campaigns;
  }

  /** Hear that what a campaign has given of it changed. */
  note(campaign: number, changes: ChangeList): void {
    if (!changes.kept) return;
    this.#noted.push(campaign);
    changes.note(this);
  }

  save(table: Table): void {
    const owner = this.#owner;
    for (const campaign of new Set(this.#noted)) {
      const used = this.#has(campaign) ? this.get(campaign) : -1;
      saveUnder(table, owner.useKey(campaign), owner.useValue(campaign, used));
    }
    this.#noted = [];
  }

  #has(campaign: number): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    if (mask < 0) return false;
    let slot = homeOf(campaign, mask);
    while (slots[slot] !== nobody && slots[slot] !== campaign + 1) slot = (slot + 2) & mask;
    return slots[slot] !== nobody;
  }

  #grow(): void {
    const old = this.#slots;
    const times = old.length < quickGrowth ? 4 : 2;
    const slots = new Int32Array(Math.max(2 * fewest, times * old.length));
    const mask = slots.length - 1;
    for (let from = 0; from < old.length; from += 2) {
      const number = old[from] as number;
      if (number === nobody) continue;
      let to = homeOf(number - 1, mask);
      while (slots[to] !== nobody) to = (to + 2) & mask;
      slots[to] = number;
      slots[to + 1] = old[from + 1] as number;
    }
    this.#slots = slots;
  }
}

/** Where a campaign is looked for first: numbers of one list lie together, so that they are spread. */
function homeOf(campaign: number, mask: number): number {
  return (Math.imul(campaign, 0x9e37_79b1) >>> 15) & mask & ~1;
}
