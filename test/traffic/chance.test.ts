import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Arrivals } from '../../src/traffic/arrivals.ts';
import { EventQueue } from '../../src/traffic/event-queue.ts';
import { exponential, quantilesThrough } from '../../src/traffic/quantiles.ts';
import { Random } from '../../src/traffic/random.ts';

const many = 200_000;

describe('Random', () => {
  test('gives the same numbers for a seed, on every machine', () => {
    const random = new Random(1);
    expect(Array.from({ length: 4 }, () => random.word())).toEqual([2223614538, 775772032, 2788899965, 483237747]);
  });

  test('gives other numbers for another seed or stream', () => {
    const first = (seed: number, stream: number): number => new Random(seed, stream).word();
    const seeds = [0, 1, 2, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    const words = seeds.flatMap((seed) => [0, 1, 2].map((stream) => first(seed, stream)));
    expect(new Set(words).size).toBe(words.length);
  });

  test('stays below its limit, and gets everywhere', () => {
    const random = new Random(3);
    const counts = new Array<number>(7).fill(0);
    for (let round = 0; round < many; round++) {
      const value = random.below(7);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    expect(counts.length).toBe(7);
    for (const count of counts) expect(Math.abs(count / many - 1 / 7)).toBeLessThan(0.005);
  });

  test('never takes a chance of 0, and always one of 1', () => {
    const random = new Random(4);
    for (let round = 0; round < 10_000; round++) {
      expect(random.chance(0)).toBe(false);
      expect(random.chance(1)).toBe(true);
    }
  });
});

describe('quantiles', () => {
  test('the exponential distribution has the mean 1 and the median ln 2', () => {
    const random = new Random(5);
    const values = Array.from({ length: many }, () => exponential.draw(random)).sort((a, b) => a - b);
    const mean = values.reduce((sum, value) => sum + value, 0) / many;
    expect(mean).toBeCloseTo(1, 1);
    expect(values[many / 2]).toBeCloseTo(Math.LN2, 1);
    expect(values[0]).toBeGreaterThanOrEqual(0);
  });

  test('go through the points they are given', () => {
    const random = new Random(6);
    const latency = quantilesThrough([
      [0, 10],
      [0.5, 20],
      [1, 100],
    ]);
    const values = Array.from({ length: many }, () => latency.draw(random));
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(10);
    expect(values.filter((value) => value < 20).length / many).toBeCloseTo(0.5, 1);
  });
});

describe('EventQueue', () => {
  test('gives events in the order of their times, equal ones as they were added', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 50 }))), (steps) => {
        const queue = new EventQueue();
        let model: { time: number; event: number }[] = [];
        for (const [event, time] of steps.entries()) {
          if (time !== null) {
            queue.add(time, event);
            model = [...model, { time, event }].sort((a, b) => a.time - b.time);
          } else if (model.length > 0) {
            const [first, ...rest] = model;
            expect(queue.time).toBe(first?.time);
            expect(queue.take()).toBe(first?.event);
            model = rest;
          }
          expect(queue.size).toBe(model.length);
        }
        for (const { event } of model) expect(queue.take()).toBe(event);
        expect(queue.time).toBe(Number.POSITIVE_INFINITY);
      }),
    );
  });

  test('grows', () => {
    const queue = new EventQueue();
    for (let event = 0; event < 5000; event++) queue.add((event * 7919) % 5000, event);
    for (let time = 0; time < 5000; time++) {
      expect(queue.time).toBe(time);
      queue.take();
    }
  });
});

describe('Arrivals', () => {
  test.each([
    [10, 3600],
    [0.5, 7200],
    [300, 90],
  ])('come %d times a second on average over %d seconds', (rate, seconds) => {
    const arrivals = new Arrivals(rate, 100, seconds, new Random(7));
    let count = 0;
    let last = 0;
    for (let time = arrivals.next(); time < seconds; time = arrivals.next()) {
      expect(time).toBeGreaterThanOrEqual(last);
      last = time;
      count++;
    }
    expect(Math.abs(count / (rate * seconds) - 1)).toBeLessThan(0.06);
  });
});
