import { describe, expect, it } from 'vitest';
import { compareAtRandom, emptyTally } from '../random-comparison.ts';

const copybooks = Number(process.env['OVERPUNCH_COPYBOOKS'] ?? 120);
const recordsEach = 25;
const firstSeed = Number(process.env['OVERPUNCH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe('the decoder in generated JavaScript', () => {
  it('gives what the reference decoder gives, for random copybooks and records', () => {
    const tally = emptyTally();
    for (let index = 0; index < copybooks; index++) compareAtRandom(firstSeed + index, recordsEach, tally, null);
    if (process.env['OVERPUNCH_VERBOSE'] !== undefined) console.log(tally);
    expect(tally.compiled).toBeGreaterThanOrEqual(0.85 * tally.copybooks);
    expect(tally.cleanRefused).toBeLessThan(tally.clean * 0.15);
  });
});
