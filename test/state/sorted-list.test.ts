import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortedList } from '../../src/state/sorted-list.ts';

const numbers = fc.array(fc.tuple(fc.boolean(), fc.nat(3000)), { maxLength: 4000, size: 'max' });

test('a sorted list holds what a sorted array without doubles holds', () => {
  const property = fc.property(numbers, fc.nat(3000), (steps, probe) => {
    const list = new SortedList<number>((one, other) => one - other);
    const model = new Set<number>();
    for (const [adds, number] of steps) {
      if (adds) expect(list.add(number)).toBe(!model.has(number));
      else expect(list.delete(number)).toBe(model.has(number));
      if (adds) model.add(number);
      else model.delete(number);
    }
    const sorted = [...model].sort((one, other) => one - other);
    const walked: number[] = [];
    for (let at = list.first(); at !== undefined; at = list.next(at, true)) walked.push(at);
    expect(walked).toEqual(sorted);
    expect([list.size, list.first(), list.last()]).toEqual([sorted.length, sorted[0], sorted.at(-1)]);
    expect(list.next(probe)).toBe(sorted.find((number) => number >= probe));
    expect(list.previous(probe)).toBe(sorted.findLast((number) => number < probe));
  });
  fc.assert(property, { numRuns: 40 });
});

test('a sorted list of thousands that came in order is emptied from the front', () => {
  const list = new SortedList<number>((one, other) => one - other);
  for (let number = 0; number < 5000; number++) list.add(number);
  for (let number = 0; number < 5000; number++) {
    expect(list.first()).toBe(number);
    list.delete(number);
  }
  expect([list.size, list.first(), list.last()]).toEqual([0, undefined, undefined]);
});
