const chunkSize = 512; // items: an insertion moves at most that many

/** Keeps items in order: adding, taking away and finding a place cost about as much as a binary search. */
export class SortedList<Item> {
  readonly #compare: (one: Item, other: Item) => number;
  /** None is empty, but the one of an empty list. */
  #chunks: Item[][] = [[]];
  #size = 0;

  /** `compare` is negative when the one comes first, and zero only for items that count as the same. */
  constructor(compare: (one: Item, other: Item) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  first(): Item | undefined {
    return this.#chunks[0]?.[0];
  }

  /** Put an item in its place; `false` when there is one that counts as the same, which stays. */
  add(item: Item): boolean {
    const chunkIndex = this.#chunkOf(item);
    const chunk = this.#chunks[chunkIndex] as Item[];
    const place = this.#placeIn(chunk, item);
    const there = chunk[place];
    if (there !== undefined && this.#compare(there, item) === 0) return false;
    if (place === chunk.length) chunk.push(item);
    else chunk.splice(place, 0, item);
    this.#size++;
    if (chunk.length > chunkSize) {
      // What arrives in order leaves full chunks behind.
      const kept = place === chunkSize ? chunkSize : chunkSize >> 1;
      this.#chunks.splice(chunkIndex + 1, 0, chunk.splice(kept));
    }
    return true;
  }

  /** Take away what counts as the same as an item; `false` when nothing does. */
  delete(item: Item): boolean {
    const chunkIndex = this.#chunkOf(item);
    const chunk = this.#chunks[chunkIndex] as Item[];
    const place = this.#placeIn(chunk, item);
    const there = chunk[place];
    if (there === undefined || this.#compare(there, item) !== 0) return false;
    if (place === 0) chunk.shift();
    else chunk.splice(place, 1);
    this.#size--;
    if (chunk.length === 0 && this.#chunks.length > 1) this.#chunks.splice(chunkIndex, 1);
    return true;
  }

  clear(): void {
    this.#chunks = [[]];
    this.#size = 0;
  }

  /** The first item that does not come before `item`, or with `strictly` the first that comes behind it. */
  next(item: Item, strictly = false): Item | undefined {
    let index = this.#chunkOf(item);
    let chunk = this.#chunks[index] as Item[];
    let place = this.#placeIn(chunk, item);
    const there = chunk[place];
    if (strictly && there !== undefined && this.#compare(there, item) === 0) place++;
    if (place === chunk.length) {
      index++;
      place = 0;
      chunk = this.#chunks[index] ?? [];
    }
    return chunk[place];
  }

  /** The last item that comes before `item`. */
  previous(item: Item): Item | undefined {
    const index = this.#chunkOf(item);
    const place = this.#placeIn(this.#chunks[index] as Item[], item);
    return place > 0 ? this.#chunks[index]?.[place - 1] : this.#chunks[index - 1]?.at(-1);
  }

  last(): Item | undefined {
    return this.#chunks.at(-1)?.at(-1);
  }

  /** The last chunk whose first item does not come behind `item`. */
  #chunkOf(item: Item): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#compare(this.#chunks[middle]?.[0] as Item, item) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where in a chunk an item stands, or would. */
  #placeIn(chunk: readonly Item[], item: Item): number {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(chunk[middle] as Item, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
