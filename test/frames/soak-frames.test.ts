import { expect, test } from 'vitest';
import { emptyCounts, frameSoak } from './soak-frames.ts';

test('random and changed traffic is read the same in every way, to the last byte', () => {
  const counts = emptyCounts();
  const soak = frameSoak(counts);
  for (let seed = 1; seed <= 4; seed++) soak(seed, 40);
  expect(counts.readings).toBeGreaterThan(300);
  expect(counts.refused).toBeGreaterThan(100);
});
