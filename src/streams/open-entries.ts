import type { FrameRecords } from './frame-records.ts';
import { numberHash } from './key-hash.ts';

const fewestSlots = 64;
/** In the first integer of a slot: the bits of the hash, and the flag of several entries; the lowest bit is the direction. */
export const hashMask = -4;
const several = 2;

/** Most keys that are fetched at once. */
export const fetchLength = 64;

/**
 * The open requests and responses.
 *
 * A table of slots finds those of a key and direction: open addressing, linear probing, and deletion that shifts the following slots
 * back. A slot is two integers: the hash of the key with two flags in its lowest bits, and the entry, or 0. Several entries of one key
 * and direction are a ring in the order (event time, position), and the slot has the last of them: `links` tells what follows an
 * entry in its ring. There are no links before there is such a key, and no sizes where nobody asks for them.
 */
export class OpenEntries {
  /** Entries that are open, and the bytes of their frames where sizes are kept. */
  count = 0;
  bytes = 0;
  /** The slots that `scan` found, by their first integer, or −1. */
  ownSlot = -1;
  partnerSlot = -1;

  readonly keepsSizes: boolean;
  private readonly records: FrameRecords;
  private readonly seed: number;
  slots: Int32Array = new Int32Array(2 * fewestSlots);
  /** Of the places of first integers in `slots`. */
  mask: number = 2 * fewestSlots - 2;
  private used = 0;
  private room: number = (5 * fewestSlots) >>> 3;
  private emptySlot = 0;
  private links: Int32Array = new Int32Array(0);
  sizes: Int32Array = new Int32Array(0);

  private readonly fetched: Int32Array = new Int32Array(fetchLength);
  /** Kept so that reading for the cache alone is not left out. */
  fetchedSum = 0;

  constructor(records: FrameRecords, seed: number, keepsSizes: boolean) {
    this.records = records;
    this.seed = seed;
    this.keepsSizes = keepsSizes;
  }

  /** The hash of a key. */
  hashOf(key: number): number {
    return numberHash(key, this.seed);
  }

  /**
   * Read what `scan` will read for keys with the first `count` of these hashes. The processor
   * waits for memory then for all of them at once, not for one after the other.
   */
  fetch(hashes: Int32Array, count: number): void {
    const { fetched, slots, mask } = this;
    const { chunks } = this.records;
    let sum = 0;
    let found = 0;
    for (let at = 0; at < count; at++) sum ^= slots[(((hashes[at] as number) >>> 1) & mask) + 1] as number;
    for (let at = 0; at < count; at++) {
      const hash = hashes[at] as number;
      const slot = (hash >>> 1) & mask;
      const next = (slot + 2) & mask;
      const first = slots[slot + 1] as number;
      const second = slots[next + 1] as number;
      // Nearly all are at the first place or the next one, and branches would be guessed wrong.
      const isFirst = onesIfZero(((slots[slot] as number) ^ hash) >>> 2);
      const isSecond = onesIfZero(((slots[next] as number) ^ hash) >>> 2) & ~isFirst;
      fetched[found] = (first & isFirst) | (second & isSecond);
      found -= isFirst | isSecond;
    }
    let sums = 0;
    for (let at = 0; at < found; at++) {
      const entry = fetched[at] as number;
      sums += (chunks[entry >>> 15] as Float64Array)[(entry & 0x7fff) << 2] as number;
    }
    this.fetchedSum = sum + sums;
  }

  /**
   * Find the open entries of a key, up to the first that is of the other direction: `partnerSlot`. Without one `ownSlot` is that of the
   * entries of this direction. `keyBits` is the hash of the key.
   */
  scan(keyBits: number, values: Float64Array, from: number, direction: number): void {
    const { slots, mask, records } = this;
    const hash = (keyBits & hashMask) | direction;
    this.partnerSlot = -1;
    this.ownSlot = -1;
    let slot = (keyBits >>> 1) & mask;
    for (let entry = slots[slot + 1] as number; entry !== 0; entry = slots[slot + 1] as number) {
      const difference = ((slots[slot] as number) ^ hash) & ~several;
      if (difference >>> 1 === 0 && records.key(entry) === values[from]) {
        if (difference !== 0) {
          this.partnerSlot = slot;
          return;
        }
        this.ownSlot = slot;
      }
      slot = (slot + 2) & mask;
    }
    this.emptySlot = slot;
  }

  /** Find the open entries of a key of this direction alone. */
  scanOwn(keyBits: number, values: Float64Array, from: number, direction: number): void {
    const { slots, mask, records } = this;
    const hash = (keyBits & hashMask) | direction;
    let slot = (keyBits >>> 1) & mask;
    this.ownSlot = -1;
    for (let entry = slots[slot + 1] as number; entry !== 0; entry = slots[slot + 1] as number) {
      const isOwn = (((slots[slot] as number) ^ hash) & ~several) === 0 && records.key(entry) === values[from];
      if (isOwn) this.ownSlot = slot;
      slot = (slot + 2) & mask;
    }
    this.emptySlot = slot;
  }

  /** The oldest entry of a slot that was found. */
  oldest(slot: number): number {
    const entry = this.slots[slot + 1] as number;
    return this.isSeveral(slot) ? this.next(entry) : entry;
  }

  /**
   * The oldest entry at `partnerSlot` whose time is at most so much earlier, and so much later, than that at `values[from + 2]`; 0 when there
   * is none.
   */
  findPartner(values: Float64Array, from: number, earlier: number, later: number): number {
    const { partnerSlot, records, slots } = this;
    const isRing = ((slots[partnerSlot] as number) & several) !== 0;
    const last = slots[partnerSlot + 1] as number;
    const earliest = (values[from + 2] as number) - earlier;
    const latest = (values[from + 2] as number) + later;
    let entry = last;
    do {
      if (isRing) entry = this.next(entry);
      const time = records.time(entry);
      if (time > latest) return 0;
      if (time >= earliest) return entry;
    } while (entry !== last);
    return 0;
  }

  /** Open the entry of an identity whose key and direction were scanned, and found to have no partner, at the position in `values[from + 3]`. */
  add(entry: number, keyBits: number, direction: number, values: Float64Array, from: number): void {
    this.records.open(entry, values[from + 3] as number);
    this.count++;
    if (this.ownSlot >= 0) {
      this.link(entry, this.ownSlot);
      return;
    }
    const { slots, emptySlot } = this;
    slots[emptySlot] = (keyBits & hashMask) | direction;
    slots[emptySlot + 1] = entry;
    if (++this.used > this.room) this.growSlots();
  }

  /** Have slots for so many more entries, and where sizes are kept a place for that of every record there is. */
  reserve(more: number): void {
    while (this.used + more > this.room) this.growSlots();
    if (this.keepsSizes && this.sizes.length < this.records.capacity) {
      this.sizes = longer(this.sizes, this.records.capacity);
    }
  }

  /** Count so many entries, or fewer, that took slots. */
  addOpened(more: number): void {
    this.count += more;
    this.used += more;
  }

  /** Keep the bytes of the frame of an entry that is to be opened. */
  setSize(entry: number, size: number): void {
    if (entry >= this.sizes.length) this.sizes = longer(this.sizes, this.records.capacity);
    this.sizes[entry] = size;
    this.bytes += size;
  }

  /** Close an entry at `partnerSlot`. */
  removePartner(entry: number): void {
    this.drop(entry, this.partnerSlot);
  }

  /** Close an entry. What was scanned is lost. */
  remove(entry: number): void {
    const { records, slots, mask } = this;
    const key = records.key(entry);
    const keyBits = this.hashOf(key);
    const hash = (keyBits & hashMask) | records.direction(entry);
    let slot = (keyBits >>> 1) & mask;
    for (let last = slots[slot + 1] as number; last !== entry; last = slots[slot + 1] as number) {
      // Another entry's slot is that of a ring with this one if it is of its key.
      if ((((slots[slot] as number) ^ hash) & ~several) === 0 && records.key(last) === key) break;
      slot = (slot + 2) & mask;
    }
    this.drop(entry, slot);
  }

  /** Give an entry another position and size: those of the frame that stands in its place now. */
  replace(entry: number, position: number, size: number): void {
    const { records } = this;
    const direction = records.direction(entry);
    const header = Float64Array.of(records.key(entry), 0, 0, position);
    const keyBits = this.hashOf(records.key(entry));
    this.remove(entry);
    this.scanOwn(keyBits, header, 0, direction);
    if (this.keepsSizes) this.setSize(entry, size);
    this.add(entry, keyBits, direction, header, 0);
  }

  /** Bytes of the slots, links and sizes. */
  get memory(): number {
    return this.slots.byteLength + this.links.byteLength + this.sizes.byteLength;
  }

  private isSeveral(slot: number): boolean {
    return ((this.slots[slot] as number) & several) !== 0;
  }

  private next(entry: number): number {
    return this.links[entry] as number;
  }

  private isAfter(entry: number, other: number): boolean {
    const { records } = this;
    const difference = records.time(entry) - records.time(other);
    return difference > 0 || (difference === 0 && records.position(entry) > records.position(other));
  }

  /** Put an entry into the ring of its key, which is nearly always its end. */
  private link(entry: number, slot: number): void {
    const { capacity } = this.records;
    if (this.links.length < capacity) this.links = longer(this.links, capacity);
    const { links, slots } = this;
    const last = slots[slot + 1] as number;
    if (!this.isSeveral(slot)) {
      slots[slot] = (slots[slot] as number) | several;
      links[last] = last;
    }
    let before = last;
    if (this.isAfter(entry, last)) slots[slot + 1] = entry;
    else while (this.isAfter(entry, links[before] as number)) before = links[before] as number;
    links[entry] = links[before] as number;
    links[before] = entry;
  }

  private drop(entry: number, slot: number): void {
    if (this.isSeveral(slot)) this.unlink(entry, slot);
    else {
      this.emptyOut(slot);
      this.used--;
    }
    this.count--;
    if (this.keepsSizes) this.bytes -= this.sizes[entry] as number;
    this.records.close(entry);
  }

  /** Take an entry, mostly the oldest, out of the ring of its slot. */
  private unlink(entry: number, slot: number): void {
    const { links, slots } = this;
    const last = slots[slot + 1] as number;
    let before = last;
    while (links[before] !== entry) before = links[before] as number;
    const following = links[entry] as number;
    links[before] = following;
    if (entry === last) slots[slot + 1] = before;
    if (before === following) slots[slot] = (slots[slot] as number) & ~several;
  }

  /** Empty a slot, and shift back those behind it that would no longer be found. */
  emptyOut(slot: number): void {
    const { slots, mask } = this;
    let hole = slot;
    let at = (slot + 2) & mask;
    for (let entry = slots[at + 1] as number; entry !== 0; entry = slots[at + 1] as number) {
      const hash = slots[at] as number;
      const home = (hash >>> 1) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        slots[hole] = hash;
        slots[hole + 1] = entry;
        hole = at;
      }
      at = (at + 2) & mask;
    }
    slots[hole + 1] = 0;
  }

  private growSlots(): void {
    const old = this.slots;
    const slots = new Int32Array(2 * old.length);
    const mask = slots.length - 2;
    for (let from = 0; from < old.length; from += 2) {
      const entry = old[from + 1] as number;
      if (entry === 0) continue;
      const hash = old[from] as number;
      let slot = (hash >>> 1) & mask;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
      slots[slot] = hash;
      slots[slot + 1] = entry;
    }
    this.slots = slots;
    this.mask = mask;
    this.room *= 2;
  }
}

function onesIfZero(bits: number): number {
  return (bits - 1) >> 31;
}

function longer(column: Int32Array, length: number): Int32Array {
  const copy = new Int32Array(length);
  copy.set(column);
  return copy;
}
