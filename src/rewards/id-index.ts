import { GradualSlots } from './gradual-slots.ts';
import { PackedIds } from './packed-ids.ts';

const firstPlaces = 1024;

/** Numbers of things by their ids: there are millions of them, and none is ever taken out. */
export class IdIndex {
  readonly #ids = new PackedIds(firstPlaces, (Math.random() * 0x1_0000_0000) | 0);
  #places = firstPlaces;
  readonly #slots = new GradualSlots();

  /** The number of an id; -1: it was not added. */
  find(id: string): number {
    const slots = this.#slots;
    let number = slots.first(this.#ids.take(id));
    while (number >= 0 && !this.#ids.isAt(number)) number = slots.next();
    return number;
  }

  /** Add an id that is not there, under a number that no other one has. */
  add(id: string, number: number): void {
    while (number >= this.#places) {
      this.#ids.grow(2 * this.#places, 0, this.#places);
      this.#places *= 2;
    }
    const hash = this.#ids.take(id);
    this.#ids.put(number);
    this.#slots.add(number, hash);
  }

  /** Read for the cache what `id` of a number looks at; returns anything. */
  fetch(number: number): number {
    return this.#ids.fetch(number);
  }

  /** The id of a number. */
  id(number: number): string {
    return this.#ids.text(number);
  }
}
