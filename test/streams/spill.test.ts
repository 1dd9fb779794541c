import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCorrelation } from '../../src/streams/correlation-account.ts';
import { createCorrelator } from '../../src/streams/correlator.ts';
import { histories, rules } from './histories.ts';
import { headedBatch, runHistory } from './run-history.ts';

test('frames beyond the memory come from the state with their bytes, however the history is batched and restarted', () => {
  const batches = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
  const restarts = fc.array(fc.constantFrom('none', 'commit', 'snapshot', 'crash'), { minLength: 1 });
  let lookups = 0;
  fc.assert(
    fc.property(rules, histories, fc.nat(2000), batches, restarts, (rule, entries, maxMemory, sizes, turns) => {
      const spilled = runHistory({ ...rule, maxMemory }, entries, sizes, turns, true);
      expect(spilled.outputs).toEqual(runHistory(rule, entries).outputs);
      lookups += spilled.lookups;
    }),
    { numRuns: 200 },
  );
  expect(lookups).toBeGreaterThan(100);
});

test('what is not over the memory is never read back, and a frame that is not in the state is an error', () => {
  const frame = { kind: 'frame', input: 0, ingested: null, sequence: 0, size: 9 } as const;
  const request = { ...frame, position: 0, direction: 0, key: 1, time: 5 } as const;
  const response = { ...frame, position: 1, direction: 1, key: 1, time: 6 } as const;
  const settings = { before: 10, after: 10, grace: 0, disorder: 0 };
  expect(runHistory(settings, [request, response], [1], ['commit'], true).lookups).toBe(0);
  expect(runHistory({ ...settings, maxMemory: 0 }, [request, response], [1], ['commit'], true).lookups).toBe(1);
  const forgetful = createCorrelator({ ...settings, maxMemory: 0 }, { durable: true, stored: () => undefined });
  forgetful.correlate(headedBatch([request]));
  forgetful.changes();
  expect(() => forgetful.correlate(headedBatch([response]))).toThrow(
    expect.objectContaining({ code: 'STATE_CORRUPT' }),
  );
});

test('the equations are printed one a line', () => {
  const correlator = createCorrelator({ before: 1, after: 1, grace: 0, disorder: 0 });
  expect(formatCorrelation(correlator.account)).toBe(
    [
      'requests 0 = matched 0 + expired 0 + late 0 + duplicate 0 + rejected 0 + open 0',
      'responses 0 = matched 0 + orphan 0 + late 0 + duplicate 0 + rejected 0 + open 0',
      'frames in 0 = requests 0 + responses 0 + notices 0 + quarantined 0',
      '',
    ].join('\n'),
  );
});

test('settings that make no sense are refused, and a state of other settings too', () => {
  const settings = { before: 1, after: 1, grace: 0, disorder: 0 };
  for (const wrong of [{ before: -1 }, { after: Number.NaN }, { grace: 0.5 }, { maxOpen: 1e9 }, { policy: 'some' }]) {
    expect(() => createCorrelator({ ...settings, ...(wrong as object) })).toThrow(/correlation: /);
  }
  const state = createCorrelator(settings).snapshot();
  expect(() => createCorrelator({ ...settings, grace: 1 }).restore(state)).toThrow(
    expect.objectContaining({ code: 'STATE_INCOMPATIBLE' }),
  );
});

test('an entry opened and closed between two commits is in neither of them', () => {
  const correlator = createCorrelator({ before: 10, after: 10, grace: 0, disorder: 0 }, { durable: true });
  const frame = { kind: 'frame', input: 0, ingested: null, key: 1, sequence: 0, size: 9 } as const;
  correlator.correlate(
    headedBatch([
      { ...frame, position: 0, direction: 0, time: 5 },
      { ...frame, position: 1, direction: 1, time: 6 },
      { ...frame, position: 2, direction: 0, time: 7 },
    ]),
  );
  const kinds = correlator.changes().map(({ key, value }) => [key[0], value !== null]);
  // The control record, the request that is open, and blocks of identities: two of requests, one of responses.
  expect(kinds).toEqual([
    [1, true],
    [2, true],
    [3, true],
    [3, true],
    [3, true],
  ]);
  correlator.correlate(headedBatch([{ ...frame, position: 3, direction: 1, time: 8 }]));
  const removed = correlator.changes().filter(({ value }) => value === null);
  expect(removed).toHaveLength(1);
});
