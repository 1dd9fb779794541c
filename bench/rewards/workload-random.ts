/** The same random numbers in every run (G. Marsaglia, "Xorshift RNGs", 2003). */
export class WorkloadRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to below 1. */
  fraction(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to below a bound. */
  below(bound: number): number {
    return Math.floor(this.fraction() * bound);
  }

  /** So many different ones of the whole numbers below a bound. */
  choose(count: number, bound: number): readonly number[] {
    const chosen = new Set<number>();
    while (chosen.size < Math.min(count, bound)) chosen.add(this.below(bound));
    return [...chosen];
  }
}
