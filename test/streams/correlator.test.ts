import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { busyHistories, busyRules, histories, rules } from './histories.ts';
import { NaiveCorrelator, noOutputs } from './naive-correlator.ts';
import { addOutputs, headedBatch, positionsOf, type Restart, RestartingCorrelator, runHistory } from './run-history.ts';

const restarts = fc.array(fc.constantFrom<Restart>('none', 'none', 'commit', 'snapshot', 'crash'), {
  minLength: 1,
  maxLength: 8,
});
const batches = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });

describe('the journal rule', () => {
  test('gives what the naive rule gives, entry by entry', () => {
    fc.assert(
      fc.property(rules, histories, (rule, entries) => {
        const naive = new NaiveCorrelator(rule);
        const correlator = new RestartingCorrelator(rule);
        for (const entry of entries) {
          const expected = naive.step(entry);
          const batch = correlator.current.correlate(headedBatch([entry]));
          expectSame(positionsOf(batch), expected);
          if (batch.watermark !== naive.watermark) expect(batch.watermark).toBe(naive.watermark);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('gives the same in any batches, restarted anywhere in any way', () => {
    fc.assert(
      fc.property(rules, histories, batches, restarts, (rule, entries, sizes, how) => {
        const naive = new NaiveCorrelator(rule);
        const expected = noOutputs();
        for (const entry of entries) addOutputs(expected, naive.step(entry));
        const { outputs, watermark } = runHistory(rule, entries, sizes, how);
        expectSame(outputs, expected);
        expect(watermark).toBe(naive.watermark);
      }),
      { numRuns: 1500 },
    );
  });

  test('gives what the naive rule gives for many frames in little time', () => {
    fc.assert(
      fc.property(busyRules, busyHistories, batches, restarts, (rule, entries, sizes, how) => {
        const naive = new NaiveCorrelator(rule);
        const expected = noOutputs();
        for (const entry of entries) addOutputs(expected, naive.step(entry));
        const { outputs, watermark } = runHistory(
          rule,
          entries,
          sizes.map((size) => 8 * size),
          how,
        );
        expectSame(outputs, expected);
        expect(watermark).toBe(naive.watermark);
      }),
      { numRuns: 200 },
    );
  });

  test('depends on disorder and grace only through their sum, in every output, and in the watermark by their difference', () => {
    fc.assert(
      fc.property(rules, histories, fc.nat(20), (rule, entries, moved) => {
        const other = { ...rule, disorder: rule.disorder + rule.grace + moved, grace: 0 };
        const shift = rule.grace + moved;
        const one = runHistory({ ...rule, grace: rule.grace + moved }, entries);
        const two = runHistory({ ...other, disorder: rule.disorder + shift }, entries);
        expectSame(two.outputs, one.outputs);
        expect(two.watermark).toBe(one.watermark - shift);
      }),
      { numRuns: 500 },
    );
  });
});

/** Compare outputs quickly, and show the difference when there is one. */
function expectSame(outputs: unknown, expected: unknown): void {
  if (JSON.stringify(outputs) !== JSON.stringify(expected)) expect(outputs).toEqual(expected);
}
