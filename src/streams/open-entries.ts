import { type FrameRecords, recordDoubles, recordField, recordIntegers } from './frame-records.ts';
import { keyHash } from './key-hash.ts';

const fewestSlots = 64;

/** Most keys that are fetched at once. */
export const fetchLength = 32;

const { next: nextAt, previous: previousAt } = recordField;

/**
 * The open requests and responses. Entries of one key and direction are a ring of links in the order (event time, position).
 *
 * A table of slots finds the oldest entry of a key and direction: open addressing, linear probing, and deletion that shifts the
 * following slots back. A slot is two integers: the hash of the key with the direction in its lowest bit, and the entry plus one.
 */
export class OpenEntries {
  /** Entries that are open, and the bytes of their frames. */
  count = 0;
  bytes = 0;
  /** What `scan` found: the oldest entries, or −1. */
  own: number = -1;
  partner: number = -1;

  private readonly records: FrameRecords;
  private readonly seed: number;
  private slots: Int32Array = new Int32Array(2 * fewestSlots);
  private mask: number = fewestSlots - 1;
  private used = 0;
  private ownSlot = -1;
  private partnerSlot = -1;
  private emptySlot = 0;
  private scanned = 0;
  private readonly fetched: Int32Array = new Int32Array(fetchLength);
  /** Kept so that reading for the cache alone is not left out. */
  fetchedSum = 0;

  constructor(records: FrameRecords, seed: number) {
    this.records = records;
    this.seed = seed;
  }

  /** The hash of the key at `values[at]`. */
  keyBits(values: Float64Array, at: number): number {
    return keyHash(values, at, this.seed);
  }

  /**
   * Read what `scan` will read for keys with the first `count` of these hashes. The processor waits for memory then for all of them at once,
   * not for one after the other.
   */
  fetch(hashes: Int32Array, count: number): void {
    const { slots, mask, fetched } = this;
    const { doubles, integers } = this.records;
    for (let at = 0; at < count; at++) {
      fetched[at] = slots[2 * (((hashes[at] as number) >>> 1) & mask) + 1] as number;
    }
    let sum = 0;
    for (let at = 0; at < count; at++) {
      const entry = (fetched[at] as number) - 1;
      // A record may lie in two lines of the cache.
      if (entry >= 0)
        sum ^= (doubles[entry * recordDoubles] as number) ^ (integers[entry * recordIntegers + nextAt] as number);
    }
    this.fetchedSum = sum;
  }

  /** Find the oldest open entries of a key, of a direction (`own`) and of the other one (`partner`). `keyBits` is the hash of the key. */
  scan(keyBits: number, values: Float64Array, from: number, direction: number): void {
    const { slots, mask } = this;
    const { doubles } = this.records;
    const hash = (keyBits & ~1) | direction;
    let slot = (hash >>> 1) & mask;
    let own = -1;
    let partner = -1;
    for (;;) {
      const entry = (slots[2 * slot + 1] as number) - 1;
      if (entry < 0) break;
      const difference = (slots[2 * slot] as number) ^ hash;
      if (difference >>> 1 === 0 && doubles[entry * recordDoubles] === values[from]) {
        if (difference === 0) {
          own = entry;
          this.ownSlot = slot;
        } else {
          partner = entry;
          this.partnerSlot = slot;
        }
      }
      slot = (slot + 1) & mask;
    }
    this.scanned = hash;
    this.own = own;
    this.partner = partner;
    this.emptySlot = slot;
  }

  /**
   * The oldest open entry of the scanned key and other direction whose time is at most so much earlier, and so much later, than that
   * at `values[from + 2]`; −1 when there is none.
   */
  findPartner(values: Float64Array, from: number, earlier: number, later: number): number {
    const oldest = this.partner;
    if (oldest < 0) return -1;
    const { doubles, integers } = this.records;
    const earliest = (values[from + 2] as number) - earlier;
    const latest = (values[from + 2] as number) + later;
    let entry = oldest;
    do {
      const time = doubles[entry * recordDoubles + recordField.time] as number;
      if (time > latest) return -1;
      if (time >= earliest) return entry;
      entry = integers[entry * recordIntegers + nextAt] as number;
    } while (entry !== oldest);
    return -1;
  }

  /** Open the entry of an identity whose key and direction were scanned. */
  add(entry: number, position: number, size: number): void {
    const { doubles, integers } = this.records;
    const at = entry * recordIntegers;
    doubles[entry * recordDoubles + recordField.position] = position;
    integers[at + recordField.size] = (size << 1) | (this.scanned & 1);
    this.count++;
    this.bytes += size;
    if (this.own >= 0) {
      this.link(entry, this.own, this.ownSlot);
      return;
    }
    integers[at + nextAt] = entry;
    integers[at + previousAt] = entry;
    this.slots[2 * this.emptySlot] = this.scanned;
    this.slots[2 * this.emptySlot + 1] = entry + 1;
    this.used++;
    if (8 * this.used > 5 * (this.mask + 1)) this.growSlots(); // a scan goes on to an empty slot
  }

  /** Close the partner that was scanned last; as `remove`, but its slot is known when it is the oldest. */
  removePartner(entry: number): void {
    if (entry === this.partner) this.drop(entry, this.partnerSlot);
    else this.remove(entry);
  }

  /** Close an entry. What was scanned is lost. */
  remove(entry: number): void {
    const previous = this.previous(entry);
    // Only the oldest of several comes after a younger one in the ring, and one alone after itself.
    if (previous !== entry && !this.isAfter(previous, entry)) {
      this.drop(entry, -1);
      return;
    }
    const { records } = this;
    const hash = (keyHash(records.doubles, entry * recordDoubles, this.seed) & ~1) | records.direction(entry);
    let slot = (hash >>> 1) & this.mask;
    while (this.slots[2 * slot + 1] !== entry + 1) slot = (slot + 1) & this.mask;
    this.drop(entry, slot);
  }

  /** Give an entry another position and size: those of the frame that stands in its place now. */
  replace(entry: number, position: number, size: number): void {
    const { records } = this;
    const direction = records.direction(entry);
    this.remove(entry);
    const at = entry * recordDoubles;
    this.scan(keyHash(records.doubles, entry * recordDoubles, this.seed), records.doubles, at, direction);
    this.add(entry, position, size);
  }

  /** Bytes of the slots. */
  get memory(): number {
    return this.slots.byteLength;
  }

  private next(entry: number): number {
    return this.records.integers[entry * recordIntegers + nextAt] as number;
  }

  private previous(entry: number): number {
    return this.records.integers[entry * recordIntegers + previousAt] as number;
  }

  private isAfter(entry: number, other: number): boolean {
    const { records } = this;
    const difference = records.time(entry) - records.time(other);
    return difference > 0 || (difference === 0 && records.position(entry) > records.position(other));
  }

  /** Put an entry into the ring of its key, which is nearly always its end. */
  private link(entry: number, oldest: number, slot: number): void {
    let before = this.previous(oldest);
    if (this.isAfter(oldest, entry)) this.slots[2 * slot + 1] = entry + 1;
    else while (this.isAfter(before, entry)) before = this.previous(before);
    const following = this.next(before);
    this.join(before, entry);
    this.join(entry, following);
  }

  private join(entry: number, following: number): void {
    this.records.integers[entry * recordIntegers + nextAt] = following;
    this.records.integers[following * recordIntegers + previousAt] = entry;
  }

  /** Free an entry; `slot` is its slot when it is the oldest of its ring, else −1. */
  private drop(entry: number, slot: number): void {
    const next = this.next(entry);
    if (next === entry) this.emptyOut(slot);
    else {
      this.join(this.previous(entry), next);
      if (slot >= 0) this.slots[2 * slot + 1] = next + 1;
    }
    this.count--;
    this.bytes -= this.records.size(entry);
    this.records.doubles[entry * recordDoubles + recordField.position] = Number.NaN;
  }

  /** Empty a slot, and shift back those behind it that would no longer be found. */
  private emptyOut(slot: number): void {
    const { slots, mask } = this;
    let hole = slot;
    let at = slot;
    for (;;) {
      at = (at + 1) & mask;
      const entry = slots[2 * at + 1] as number;
      if (entry === 0) break;
      const hash = slots[2 * at] as number;
      const home = (hash >>> 1) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[2 * hole] = hash;
      slots[2 * hole + 1] = entry;
      hole = at;
    }
    slots[2 * hole + 1] = 0;
    this.used--;
  }

  private growSlots(): void {
    const old = this.slots;
    const slots = new Int32Array(2 * old.length);
    const mask = old.length - 1;
    for (let from = 0; from < old.length; from += 2) {
      const entry = old[from + 1] as number;
      if (entry === 0) continue;
      const hash = old[from] as number;
      let slot = (hash >>> 1) & mask;
      while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
      slots[2 * slot] = hash;
      slots[2 * slot + 1] = entry;
    }
    this.slots = slots;
    this.mask = mask;
  }
}
