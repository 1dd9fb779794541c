/**
 * A stream of random numbers that a seed decides: the same on every machine and version, since it is made of 32-bit integer
 * operations alone.
 *
 * xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), seeded by splitmix32 (Steele, Lea
 * and Flood, "Fast splittable pseudorandom number generators", 2014, with the finaliser of MurmurHash3).
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** `stream` tells generators of one seed apart: each is a sequence of its own. */
  constructor(seed: number, stream = 0) {
    let state = ((seed % 0x100000000) | 0) ^ Math.imul(Math.floor(seed / 0x100000000) + 1, 0x9e3779b1);
    state = Math.imul(state ^ Math.imul(stream + 1, 0x85ebca6b), 0xc2b2ae35) | 0;
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let word = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
      word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
      return (word ^ (word >>> 16)) | 0;
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next() | 1; // all zeros would stay so
  }

  /** A number of 32 random bits, from 0. */
  word(): number {
    const product = Math.imul(this.#b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** A whole number from 0 to `limit` − 1; `limit` up to 2^32. Its bias, at most limit / 2^32, does not matter here. */
  below(limit: number): number {
    return Math.floor((this.word() * limit) / 0x100000000);
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  /** A fraction from 0, below 1, in steps of 2^−32. */
  fraction(): number {
    return this.word() / 0x100000000;
  }

  /** True with the probability `rate`: never at 0, always at 1. */
  chance(rate: number): boolean {
    return this.word() < rate * 0x100000000;
  }

  /** One of some things. */
  pick<T>(things: readonly [T, ...T[]]): T {
    return things[this.below(things.length)] ?? things[0];
  }
}
