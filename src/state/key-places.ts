const segmentBits = 6; // a segment grows alone, so that no growth takes long
const leastSlots = 16;
const fields = 6; // of a slot: hash, length of the key (0: the slot is empty), cell of the key, block, at, length
const cellBits = 3; // keys lie in cells of 8 bytes
const chunkBits = 20; // of bytes: no growth of what holds keys copies anything
const multiplier = 0x5bd1e995;

/** A part of the slots: linear probing, at most three quarters of them taken, moved back when one is emptied. */
interface Segment {
  slots: Int32Array;
  count: number;
}

/**
 * Where the values of keys lie: the number of a block, the place in it and the length there.
 *
 * All of it is in typed arrays, some 50 bytes for a key of 16: as objects a million of them would have to be looked at by the garbage collector every time.
 * A key has at least one byte and at most 65,535. Of the number of a block the lowest 32 bits are kept.
 */
export class KeyPlaces {
  readonly #segments: Segment[] = [];
  readonly #chunks: Buffer[] = [];
  /** Cells that no key has had yet begin here, and those that are free again, by the count of cells. */
  #end = 0;
  readonly #free: number[][] = [];
  readonly #seed = Math.trunc(Math.random() * 2 ** 32); // keys come from outside: nobody can choose such that collide
  #found = 0;
  #foundIn: Int32Array = new Int32Array(0);

  constructor() {
    for (let at = 0; at < 1 << segmentBits; at++) this.#segments.push(emptySegment());
  }

  get size(): number {
    let size = 0;
    for (const { count } of this.#segments) size += count;
    return size;
  }

  /** Look for a key; what was found is in `block`, `at` and `length` until something is changed or looked for. */
  find(key: Uint8Array): boolean {
    const hash = this.#hash(key);
    const { slots } = this.#segmentOf(hash);
    this.#foundIn = slots;
    this.#found = this.#slotOf(slots, hash, key);
    return slots[this.#found + 1] !== 0;
  }

  get block(): number {
    return (this.#foundIn[this.#found + 3] as number) >>> 0;
  }

  get at(): number {
    return this.#foundIn[this.#found + 4] as number;
  }

  get length(): number {
    return this.#foundIn[this.#found + 5] as number;
  }

  /** Say where the value of a key lies now. */
  set(key: Uint8Array, block: number, at: number, length: number): void {
    const hash = this.#hash(key);
    const segment = this.#segmentOf(hash);
    if (4 * (segment.count + 1) * fields > 3 * segment.slots.length) grow(segment);
    const { slots } = segment;
    const slot = this.#slotOf(slots, hash, key);
    if (slots[slot + 1] === 0) {
      segment.count++;
      slots[slot] = hash;
      slots[slot + 1] = key.length;
      slots[slot + 2] = this.#keep(key);
    }
    slots[slot + 3] = block;
    slots[slot + 4] = at;
    slots[slot + 5] = length;
  }

  delete(key: Uint8Array): boolean {
    const hash = this.#hash(key);
    const segment = this.#segmentOf(hash);
    const { slots } = segment;
    const slot = this.#slotOf(slots, hash, key);
    if (slots[slot + 1] === 0) return false;
    this.#freeCells(slots[slot + 1] as number).push(slots[slot + 2] as number);
    segment.count--;
    closeGap(slots, slot);
    return true;
  }

  /** All keys, in no order, as views. Nothing may be changed meanwhile. */
  *keys(): IterableIterator<Uint8Array> {
    for (const { slots } of this.#segments) {
      for (let slot = 0; slot < slots.length; slot += fields) {
        if (slots[slot + 1] !== 0) yield this.#keyAt(slots[slot + 2] as number, slots[slot + 1] as number);
      }
    }
  }

  #segmentOf(hash: number): Segment {
    return this.#segments[hash >>> (32 - segmentBits)] as Segment;
  }

  /** The slot of a key, or the empty one where it would be. */
  #slotOf(slots: Int32Array, hash: number, key: Uint8Array): number {
    const mask = slots.length / fields - 1;
    for (let index = hash & mask; ; index = (index + 1) & mask) {
      const slot = index * fields;
      if (slots[slot + 1] === 0) return slot;
      if (slots[slot] === hash && slots[slot + 1] === key.length && this.#isAt(slots[slot + 2] as number, key))
        return slot;
    }
  }

  #isAt(cell: number, key: Uint8Array): boolean {
    const chunk = this.#chunks[cell >>> (chunkBits - cellBits)] as Buffer;
    const from = (cell << cellBits) & ((1 << chunkBits) - 1);
    for (let index = 0; index < key.length; index++) if (chunk[from + index] !== key[index]) return false;
    return true;
  }

  #keyAt(cell: number, length: number): Uint8Array {
    const from = (cell << cellBits) & ((1 << chunkBits) - 1);
    return (this.#chunks[cell >>> (chunkBits - cellBits)] as Buffer).subarray(from, from + length);
  }

  /** Copy a key into cells of one chunk; the first of them. */
  #keep(key: Uint8Array): number {
    let cell = this.#freeCells(key.length).pop();
    if (cell === undefined) {
      const left = (this.#chunks.length << (chunkBits - cellBits)) - this.#end;
      if (left < cellsOf(key.length)) {
        this.#end += left;
        this.#chunks.push(Buffer.allocUnsafeSlow(1 << chunkBits));
      }
      cell = this.#end;
      this.#end += cellsOf(key.length);
    }
    this.#keyAt(cell, key.length).set(key);
    return cell;
  }

  #freeCells(length: number): number[] {
    const cells = cellsOf(length);
    this.#free[cells] ??= [];
    return this.#free[cells];
  }

  /** A hash of 32 bits by the method of MurmurHash2 (Austin Appleby), a byte at a time. */
  #hash(key: Uint8Array): number {
    let hash = this.#seed ^ key.length;
    for (let index = 0; index < key.length; index++) {
      hash = Math.imul(hash ^ (key[index] as number), multiplier);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ (hash >>> 13), multiplier);
    return hash ^ (hash >>> 15);
  }
}

function emptySegment(): Segment {
  return { slots: new Int32Array(leastSlots * fields), count: 0 };
}

function cellsOf(length: number): number {
  return (length + 7) >>> cellBits;
}

function grow(segment: Segment): void {
  const { slots } = segment;
  const larger = new Int32Array(2 * slots.length);
  const mask = larger.length / fields - 1;
  for (let slot = 0; slot < slots.length; slot += fields) {
    if (slots[slot + 1] === 0) continue;
    let index = (slots[slot] as number) & mask;
    while (larger[index * fields + 1] !== 0) index = (index + 1) & mask;
    larger.set(slots.subarray(slot, slot + fields), index * fields);
  }
  segment.slots = larger;
}

/** Empty a slot, and move those behind it back that would not be found any more (Knuth, The Art of Computer Programming 3, 6.4, algorithm R). */
function closeGap(slots: Int32Array, slot: number): void {
  const mask = slots.length / fields - 1;
  let gap = slot / fields;
  for (let index = (gap + 1) & mask; slots[index * fields + 1] !== 0; index = (index + 1) & mask) {
    const home = (slots[index * fields] as number) & mask;
    if (((index - home) & mask) < ((index - gap) & mask)) continue; // it is found from its home, which lies behind the gap
    slots.copyWithin(gap * fields, index * fields, (index + 1) * fields);
    gap = index;
  }
  slots[gap * fields + 1] = 0;
}
