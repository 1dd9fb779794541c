import fc from 'fast-check';
import type { NaiveRule, PlainEntry } from './naive-correlator.ts';

/** Settings small enough that everything happens in short histories. */
export const rules: fc.Arbitrary<NaiveRule> = fc.record({
  before: fc.nat(6),
  after: fc.nat(12),
  grace: fc.nat(4),
  disorder: fc.nat(8),
  maxFuture: fc.constantFrom(5, 30, 1000),
  policy: fc.constantFrom('first', 'last', 'all'),
  timeInIdentity: fc.boolean(),
  inputs: fc.integer({ min: 0, max: 3 }),
  maxOpen: fc.constantFrom(0, 1, 2, 4, 1000, 1000, 1000),
  maxOpenBytes: fc.constantFrom(10, 60, 1e6, 1e6, 1e6),
});

type Step = fc.Arbitrary<(position: number, now: number) => PlainEntry>;

const keys = fc.constantFrom<string | number>(0, 1, 2, 2, 2, 2, 2, 2, Number.MAX_SAFE_INTEGER, 'A', 'B', -1, 0.5);

const frames: Step = fc
  .record({
    input: fc.constantFrom(0, 0, 0, 1, 2),
    direction: fc.constantFrom(0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 3),
    key: keys,
    sequence: fc.constantFrom(0, 0, 1, 7_000_000_000),
    shift: fc.oneof(fc.integer({ min: -10, max: 4 }), fc.constantFrom(-40, 25, 70, 5000, 12_000)),
    delay: fc.constantFrom(null, null, 0, 5),
    size: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ input, direction, key, sequence, shift, delay, size }) => (position, now) => ({
    kind: 'frame' as const,
    position,
    input,
    ingested: delay === null ? null : now + delay,
    direction: direction as 0 | 1 | 2 | 3,
    key,
    sequence,
    time: now + shift,
    size,
  }));

const ticks: Step = fc
  .constantFrom(0, 1, 3, 30)
  .map((elapsed) => (position) => ({ kind: 'tick' as const, position, elapsed }));

const marks: Step = fc.tuple(fc.nat(3), fc.boolean()).map(([input, idle]) => (position) => ({
  kind: 'input' as const,
  position,
  input,
  idle,
}));

/**
 * Histories of two directions and several inputs in disorder, with duplicates, retransmissions, gaps, ticks and idle marks; some end
 * with the tick that ends a replay.
 */
export const histories: fc.Arbitrary<readonly PlainEntry[]> = fc
  .record({
    start: fc.constantFrom(0, 1_700_000_000_000, -30),
    steps: fc.array(
      fc.record({
        pause: fc.constantFrom(0, 0, 1, 1, 2, 5, 20),
        step: fc.oneof(
          { weight: 12, arbitrary: frames },
          { weight: 1, arbitrary: ticks },
          { weight: 1, arbitrary: marks },
        ),
      }),
      { maxLength: 60, size: 'max' },
    ),
    ends: fc.boolean(),
  })
  .map(({ start, steps, ends }) => {
    const entries: PlainEntry[] = [];
    let now = start;
    for (const { pause, step } of steps) {
      now += pause;
      entries.push(step(1000 + entries.length, now));
    }
    if (ends) entries.push({ kind: 'tick', position: 1000 + entries.length, elapsed: Number.POSITIVE_INFINITY });
    return entries;
  });

/** Settings with which nearly all frames of busy histories are ones that nothing has to be decided about. */
export const busyRules: fc.Arbitrary<NaiveRule> = fc.record({
  before: fc.integer({ min: 20, max: 300 }),
  after: fc.integer({ min: 20, max: 300 }),
  grace: fc.nat(50),
  disorder: fc.nat(100),
  maxFuture: fc.constant(1000),
  policy: fc.constantFrom('first', 'last', 'all'),
  timeInIdentity: fc.constant(true),
  inputs: fc.integer({ min: 0, max: 2 }),
  maxOpen: fc.constantFrom(20, 1000, 1000, 1000),
  maxOpenBytes: fc.constantFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 120, 400),
});

/** Histories of many frames in little time, mostly with keys of their own. */
export const busyHistories: fc.Arbitrary<readonly PlainEntry[]> = fc
  .array(
    fc.record({
      pause: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 2, 9),
      back: fc.constantFrom(0, 0, 0, 1, 3, 40, 150),
      input: fc.constantFrom(0, 0, 0, 0, 1),
      direction: fc.constantFrom<0 | 1>(0, 1),
      key: fc.oneof({ weight: 4, arbitrary: fc.nat(60) }, { weight: 1, arbitrary: fc.nat(2) }),
      sequence: fc.nat(2),
    }),
    { maxLength: 250, size: 'max' },
  )
  .map((steps) => {
    let now = 1_700_000_000_000;
    return steps.map(({ pause, back, ...frame }, at): PlainEntry => {
      now += pause;
      return { kind: 'frame', position: 1000 + at, ingested: null, time: now - back, size: 10, ...frame };
    });
  });
