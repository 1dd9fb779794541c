/** Draws choices from a seed: the same seed gives the same choices on every machine. */
export interface RandomSource {
  /** An integer from `least` to `most`. */
  integer(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<Choice>(choices: readonly Choice[]): Choice;
  /** So many decimal digits. */
  digits(count: number): string;
  bits(count: number): string;
}

/** Make a source from a 32-bit seed (Mulberry32). */
export function randomSource(seed: number): RandomSource {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const many = (count: number, top: number): string => Array.from({ length: count }, () => integer(0, top)).join('');
  return {
    integer,
    chance: (probability) => next() < probability,
    pick: (choices) => {
      const choice = choices[integer(0, choices.length - 1)];
      if (choice === undefined) throw new RangeError('nothing to pick from');
      return choice;
    },
    digits: (count) => many(count, 9),
    bits: (count) => many(count, 1),
  };
}
