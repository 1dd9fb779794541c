import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Latencies } from '../../src/pipeline/latencies.ts';

const values = fc.array(fc.integer({ min: -5000, max: 10_000_000 }), { minLength: 1, maxLength: 200 });

test('quantiles are those of the sorted values, to within 0.2 %', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (numbers, share) => {
      const latencies = new Latencies();
      for (const number of numbers) latencies.add(number);
      const sorted = numbers.toSorted((one, other) => one - other);
      const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
      expect(Math.abs((latencies.quantile(share) ?? Number.NaN) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.002);
    }),
  );
});

test('what is saved and restored counts as if it had been added', () => {
  fc.assert(
    fc.property(values, values, (some, others) => {
      const [all, first, second] = [new Latencies(), new Latencies(), new Latencies()];
      for (const number of [...some, ...others]) all.add(number);
      for (const number of some) first.add(number);
      for (const number of others) second.add(number);
      second.restore(first.save());
      expect(second.total).toBe(all.total);
      for (const share of [0, 0.1, 0.5, 0.99, 1]) expect(second.quantile(share)).toBe(all.quantile(share));
    }),
  );
});

test('there is no quantile of nothing', () => {
  expect(new Latencies().quantile(0.5)).toBeNull();
});

test('what was added since all of it was saved is saved by itself, unless it is much', () => {
  const latencies = new Latencies();
  expect(latencies.saveRecent()).toBeNull();
  for (const value of [5, -3, 70_000]) latencies.add(value);
  const all = latencies.save();
  latencies.beginRecent();
  for (const value of [5, -9]) latencies.add(value);
  latencies.save(); // looking at it changes nothing
  const restored = new Latencies();
  restored.restore(all);
  restored.restoreRecent(latencies.saveRecent() as Uint8Array);
  expect(restored.save()).toEqual(latencies.save());
  for (let value = 0; value < 1000; value++) latencies.add(value);
  expect(latencies.saveRecent()).toBeNull();
});
