import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCorrelation } from '../../src/streams/correlation-account.ts';
import { createCorrelator } from '../../src/streams/correlator.ts';
import type { FrameStore } from '../../src/streams/frame-store.ts';
import { histories, rules } from './histories.ts';
import { noOutputs } from './naive-correlator.ts';
import { addOutputs, headedBatch, positionsOf, runHistory } from './run-history.ts';

test('frames beyond the memory come from the store with their bytes, and leave nothing there', () => {
  fc.assert(
    fc.property(rules, histories, fc.nat(60), (rule, entries, memoryBytes) => {
      const stored = new Map<number, Uint8Array>();
      const spill: FrameStore = {
        put: (position, bytes) => {
          if (stored.has(position)) throw new Error(`${position} is put twice`);
          stored.set(position, Uint8Array.from(bytes));
        },
        get: (position) => {
          const bytes = stored.get(position);
          if (bytes === undefined) throw new Error(`${position} was never put`);
          return bytes;
        },
        delete: (position) => {
          stored.delete(position);
        },
      };
      const correlator = createCorrelator(rule, { memoryBytes, spill });
      const outputs = noOutputs();
      for (const entry of entries) addOutputs(outputs, positionsOf(correlator.correlate(headedBatch([entry]))));
      expect(outputs).toEqual(runHistory(rule, entries).outputs);
      const { account } = correlator;
      expect(stored.size).toBeLessThanOrEqual(account.requests.open + account.responses.open);
    }),
    { numRuns: 150 },
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
