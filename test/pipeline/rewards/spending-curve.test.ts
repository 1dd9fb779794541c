import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SpendingCurve } from '../../../src/pipeline/rewards/spending-curve.ts';

describe('the curve of spending', () => {
  test('has at most as many points as asked for, in order, and ends with what was spent', () => {
    const changes = fc.array(fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: -500, max: 500 })));
    fc.assert(
      fc.property(changes, fc.integer({ min: 1, max: 20 }), (spent, most) => {
        const curve = new SpendingCurve();
        for (const [time, cents] of spent) curve.add(time, cents);
        const points = curve.points(most);
        const times = points.map(({ time }) => time);
        expect(points.length).toBeLessThanOrEqual(most);
        expect(times).toEqual([...new Set(times)].sort((one, other) => one - other));
        expect(points.at(-1)?.spent ?? 0).toBe(spent.reduce((sum, [, cents]) => sum + cents, 0));
      }),
    );
  });

  test('is exact where minutes have room', () => {
    const curve = new SpendingCurve();
    curve.add(30_000, 100);
    curve.add(59_999, 100);
    curve.add(180_000, -50);
    expect(curve.points(10)).toEqual([
      { time: 60_000, spent: 200 },
      { time: 240_000, spent: 150 },
    ]);
  });
});
