import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storeConformance } from '../../src/state/conformance/store-cases.ts';
import type { KeyedStore } from '../../src/state/keyed-store.ts';
import { storePlaces } from './store-places.ts';

/** The plainest store there can be: what it holds is copied whole at every commit. */
interface Model {
  entries: Map<string, { readonly value: number; readonly time: number }>;
  timers: Map<string, number>;
}

type Step =
  | { readonly kind: 'put' | 'absent'; readonly key: string; readonly value: number; readonly time: number }
  | { readonly kind: 'delete' | 'untime'; readonly key: string }
  | { readonly kind: 'timer'; readonly key: string; readonly time: number }
  | { readonly kind: 'fire'; readonly time: number }
  | { readonly kind: 'commit' | 'rollback' | 'crash' | 'restore' };

const key = fc.constantFrom('a', 'b', '__proto__', 'ä', '\u0000', 'key-6');
const time = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0),
);
const value = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('put' as const, 'absent' as const), key, value, time }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('delete' as const, 'untime' as const), key }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('timer' as const), key, time }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fire' as const), time }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('commit' as const, 'rollback' as const, 'crash' as const, 'restore' as const),
    }),
  },
);

const name = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const byTime = (one: readonly [string, number], other: readonly [string, number]): number =>
  one[1] === other[1] ? Buffer.compare(Buffer.from(one[0]), Buffer.from(other[0])) : one[1] < other[1] ? -1 : 1;
const timed = (items: Iterable<{ readonly key: Uint8Array; readonly time: number }>): [string, number][] =>
  [...items].map((item) => [name(item.key), item.time]);

/** What a model or a store shows of itself. */
function modelView({ entries, timers }: Model): unknown {
  const inOrder = [...entries].map(([key, { time }]) => [key, time + 0] as const).sort(byTime);
  return {
    entries: inOrder.map(([key, time]) => [key, time, entries.get(key)?.value]),
    timers: [...timers].map(([key, time]) => [key, time + 0]).sort(),
  };
}

function storeView(store: KeyedStore): unknown {
  const entries = [...store.rangeByTime()].map(({ key, value, time }) => [name(key), time, value[0]]);
  expect(store.size).toBe(entries.length);
  const timers = ['a', 'b', '__proto__', 'ä', '\u0000', 'key-6'].flatMap((key) => {
    const timer = store.timerOf(key);
    return timer === undefined ? [] : [[key, timer]];
  });
  return { entries, timers: timers.sort() };
}

describe.each(Object.entries(storePlaces))('a keyed store in %s', (_, newPlace) => {
  for (const { name, run } of storeConformance(newPlace)) test(name, run);

  test('does what a plain map does, whatever is committed, taken back or cut off', async () => {
    const property = fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const place = newPlace();
      let open = place.open();
      let model: Model = { entries: new Map(), timers: new Map() };
      let committed = structuredClone(model);
      let snapshot = { bytes: open.store.snapshot(), model: structuredClone(model) };
      try {
        for (const step of steps) {
          const { store } = open;
          const { entries, timers } = model;
          if (step.kind === 'put') {
            store.put(step.key, Uint8Array.of(step.value), step.time);
            entries.set(step.key, step);
          } else if (step.kind === 'absent') {
            expect(store.putIfAbsent(step.key, Uint8Array.of(step.value), step.time)?.[0]).toBe(
              entries.get(step.key)?.value,
            );
            if (!entries.has(step.key)) entries.set(step.key, step);
          } else if (step.kind === 'delete') {
            const there = entries.delete(step.key);
            expect(store.delete(step.key)).toBe(there);
            if (there) timers.delete(step.key);
          } else if (step.kind === 'untime') expect(store.deleteTimer(step.key)).toBe(timers.delete(step.key));
          else if (step.kind === 'timer') {
            store.setTimer(step.key, step.time);
            timers.set(step.key, step.time);
          } else if (step.kind === 'fire') {
            const due = [...timers]
              .filter(([, time]) => time < step.time)
              .map(([key, time]) => [key, time + 0] as const);
            expect(timed(store.fireTimers(step.time))).toEqual(due.sort(byTime));
            for (const [key] of due) timers.delete(key);
          } else if (step.kind === 'commit') {
            open.commit();
            committed = structuredClone(model);
            snapshot = { bytes: store.snapshot(), model: structuredClone(model) };
          } else if (step.kind === 'restore') {
            store.restore(snapshot.bytes);
            model = structuredClone(snapshot.model);
          } else if (step.kind === 'rollback' || !place.keeps) {
            store.rollback();
            model = structuredClone(committed);
          } else {
            await open.close();
            open = place.open();
            model = structuredClone(committed);
          }
          expect(storeView(open.store)).toEqual(modelView(model));
          if (isDeepStrictEqual(modelView(model), modelView(committed))) expect(open.store.changes()).toEqual([]);
        }
      } finally {
        await open.close();
        await place.remove();
      }
    });
    const moved: Step[] = [
      { kind: 'timer', key: 'a', time: Number.POSITIVE_INFINITY },
      { kind: 'commit' },
      { kind: 'timer', key: 'a', time: Number.NEGATIVE_INFINITY },
    ];
    await fc.assert(property, { numRuns: 60, examples: [[moved]] });
  });
});
