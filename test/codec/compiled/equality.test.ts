import { describe, expect, it } from 'vitest';
import { compareAtRandom, emptyTally } from './random-comparison.ts';

const parts = [1, 2, 3, 4, 5, 6];
const copybooks = Number(process.env['OVERPUNCH_COPYBOOKS'] ?? 50); // in each part
const recordsEach = 40; // together more than 10,000 records
const firstSeed = Number(process.env['OVERPUNCH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe('the compiled decoder', () => {
  const tally = emptyTally();

  it.each(parts)('gives what the reference decoder gives, for random copybooks and records (part %i)', (part) => {
    const { compiled, records } = tally;
    for (let index = 0; index < copybooks; index++) {
      compareAtRandom(firstSeed + part * copybooks + index, recordsEach, tally);
    }
    expect(tally.records - records).toBe(recordsEach * (tally.compiled - compiled));
  });

  // Shares are asked of all parts together: 94 % compile, and of 50 copybooks alone now and then only 42 do.
  it('compiles nearly all of them, and decodes nearly all clean records without the reference decoder', () => {
    if (process.env['OVERPUNCH_VERBOSE'] !== undefined) console.log(tally);
    expect(tally.copybooks).toBe(parts.length * copybooks);
    expect(tally.compiled).toBeGreaterThanOrEqual(0.85 * tally.copybooks);
    expect(tally.cleanRefused).toBeLessThan(tally.clean * 0.15);
    expect(tally.noted).toBeGreaterThan(0);
  });
});
