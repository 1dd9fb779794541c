import { PackedIds } from './packed-ids.ts';

const firstPlaces = 1024;
const slotWidth = 2;
const movedAtOnce = 8; // slots, with each id that is added: two would do

/**
 * Numbers of things by their ids, with open addressing: there are millions of them, and none is ever taken out.
 *
 * When the table is to be larger, a larger one stands beside it, and what is in the former one moves over little by little: all at once would be a pause.
 */
export class IdIndex {
  readonly #ids = new PackedIds(firstPlaces, (Math.random() * 0x1_0000_0000) | 0);
  #places = firstPlaces;
  /** A number + 1 (0: free) and the hash of its id, one behind the other; at most half of them are taken. */
  #slots: Int32Array = new Int32Array(slotWidth * 2 * firstPlaces);
  /** The former table, while it is moved, and how far that has come. */
  #former: Int32Array | null = null;
  #moved = 0;

  /** The number of an id; -1: it was not added. */
  find(id: string): number {
    const hash = this.#ids.take(id);
    const number = this.#findIn(this.#slots, hash);
    return number >= 0 || this.#former === null ? number : this.#findIn(this.#former, hash);
  }

  /** Add an id that is not there, under a number that no other one has. */
  add(id: string, number: number): void {
    while (number >= this.#places) this.#grow();
    this.#move(movedAtOnce);
    const hash = this.#ids.take(id);
    this.#ids.put(number);
    this.#link(number, hash);
  }

  /** Read for the cache what `id` of a number looks at; returns anything. */
  fetch(number: number): number {
    return this.#ids.fetch(number);
  }

  /** The id of a number. */
  id(number: number): string {
    return this.#ids.text(number);
  }

  #findIn(slots: Int32Array, hash: number): number {
    const ids = this.#ids;
    const mask = slots.length - slotWidth;
    for (let slot = (hash << 1) & mask; ; slot = (slot + slotWidth) & mask) {
      const number = (slots[slot] as number) - 1;
      if (number < 0 || (slots[slot + 1] === hash && ids.isAt(number))) return number;
    }
  }

  #link(number: number, hash: number): void {
    const slots = this.#slots;
    const mask = slots.length - slotWidth;
    let slot = (hash << 1) & mask;
    while (slots[slot] !== 0) slot = (slot + slotWidth) & mask;
    slots[slot] = number + 1;
    slots[slot + 1] = hash;
  }

  #grow(): void {
    this.#move(Number.POSITIVE_INFINITY); // numbers may be left out: then not all is moved yet
    const end = this.#places;
    this.#places *= 2;
    this.#ids.grow(this.#places, 0, end);
    this.#former = this.#slots;
    this.#moved = 0;
    this.#slots = new Int32Array(2 * this.#former.length);
  }

  /** Move so many slots of the former table. */
  #move(count: number): void {
    const former = this.#former;
    if (former === null) return;
    const end = Math.min(former.length, this.#moved + slotWidth * count);
    for (let slot = this.#moved; slot < end; slot += slotWidth) {
      if (former[slot] !== 0) this.#link((former[slot] as number) - 1, former[slot + 1] as number);
    }
    this.#moved = end;
    if (end === former.length) this.#former = null;
  }
}
