import { PackedIds } from './packed-ids.ts';

const firstPlaces = 1024;
const slotWidth = 2;

/** Numbers of things by their ids, with open addressing: there are millions of them, and none is ever taken out. */
export class IdIndex {
  readonly #ids = new PackedIds(firstPlaces, (Math.random() * 0x1_0000_0000) | 0);
  #places = firstPlaces;
  /** A number + 1 (0: free) and the hash of its id, one behind the other; at most half of them are taken. */
  #slots: Int32Array = new Int32Array(slotWidth * 2 * firstPlaces);
  #end = 0;

  /** The number of an id; -1: it was not added. */
  find(id: string): number {
    const ids = this.#ids;
    const hash = ids.take(id);
    const slots = this.#slots;
    const mask = slots.length - slotWidth;
    for (let slot = (hash << 1) & mask; ; slot = (slot + slotWidth) & mask) {
      const number = (slots[slot] as number) - 1;
      if (number < 0 || (slots[slot + 1] === hash && ids.isAt(number))) return number;
    }
  }

  /** Add an id that is not there, under a number that no other one has. */
  add(id: string, number: number): void {
    while (number >= this.#places) this.#grow();
    this.#end = Math.max(this.#end, number + 1);
    const hash = this.#ids.take(id);
    this.#ids.put(number);
    this.#link(number, hash);
  }

  /** The id of a number. */
  id(number: number): string {
    return this.#ids.text(number);
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
    const old = this.#slots;
    this.#places *= 2;
    this.#ids.grow(this.#places, 0, this.#end);
    this.#slots = new Int32Array(2 * old.length);
    for (let slot = 0; slot < old.length; slot += slotWidth) {
      if (old[slot] !== 0) this.#link((old[slot] as number) - 1, old[slot + 1] as number);
    }
  }
}
