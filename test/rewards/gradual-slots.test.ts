import { expect, test } from 'vitest';
import { GradualSlots } from '../../src/rewards/gradual-slots.ts';
import { randomSource } from '../codec/random-source.ts';

/** All numbers of a hash, in any order. */
function numbersOf(slots: GradualSlots, hash: number): number[] {
  const numbers: number[] = [];
  for (let number = slots.first(hash); number >= 0; number = slots.next()) numbers.push(number);
  return numbers.sort((one, other) => one - other);
}

test('numbers are found by their hashes while tables grow, are moved, and numbers are taken out', () => {
  const random = randomSource(3);
  const slots = new GradualSlots();
  const model = new Map<number, number[]>();
  const hashes = Array.from({ length: 3000 }, () => random.integer(-(2 ** 31), 2 ** 31 - 1));
  hashes[1] = (hashes[0] as number) ^ (1 << 30); // the same home, another hash
  for (let number = 0; number < 20_000; number++) {
    const hash = hashes[random.integer(0, hashes.length - 1)] as number;
    slots.add(number, hash);
    model.set(hash, [...(model.get(hash) ?? []), number]);
    const other = hashes[random.integer(0, hashes.length - 1)] as number;
    const those = model.get(other) ?? [];
    if (those.length > 0 && random.integer(0, 3) === 0) {
      const removed = slots.first(other);
      expect(those).toContain(removed);
      slots.remove();
      model.set(
        other,
        those.filter((one) => one !== removed),
      );
    }
    expect(numbersOf(slots, other)).toEqual(model.get(other) ?? []);
  }
  for (const [hash, numbers] of model) expect(numbersOf(slots, hash)).toEqual(numbers);
  expect(numbersOf(slots, hashes[0] === 1 ? 2 : 1)).toEqual([]);
});
