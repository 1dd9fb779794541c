/** Reproducible random choices. */
export class Random {
  #state: number;

  /** `seed`: any number but 0. */
  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to below 1 (Marsaglia's xorshift). */
  share(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.share() * (to - from + 1));
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.whole(0, items.length - 1)] ?? items[0];
  }

  /** A whole number of up to so many digits, each length as likely as another. */
  magnitude(digits: number): number {
    return Math.floor(this.share() * 10 ** Math.min(this.whole(0, digits), 15));
  }
}
