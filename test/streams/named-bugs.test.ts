import { expect, test } from 'vitest';
import type { NaiveOutputs, PlainEntry } from './naive-correlator.ts';
import { runHistory } from './run-history.ts';

const settings = { before: 200, after: 2000, grace: 500, disorder: 300 };

/** A journal from lines such as `request K1 1000`, `response K1 1200 input 1`, `tick 500`, `idle 1`, `active 1`. */
function journal(...lines: readonly string[]): PlainEntry[] {
  return lines.map((line, position) => {
    const [word, key = '', time = '', , input = '0'] = line.split(' ');
    if (word === 'tick') return { kind: 'tick', position, elapsed: Number(key) };
    if (word === 'idle' || word === 'active') {
      return { kind: 'input', position, input: Number(key), idle: word === 'idle' };
    }
    const direction = word === 'request' ? 0 : 1;
    return {
      kind: 'frame',
      position,
      input: Number(input),
      ingested: null,
      direction,
      key,
      sequence: 0,
      time: Number(time),
      size: 4,
    };
  });
}

function ends(outputs: NaiveOutputs): Record<string, number[][]> {
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([, list]) => list.length > 0)
      .map(([name, list]) => [name, list.map((row: readonly number[]) => row.slice(0, -1))]),
  );
}

test('a request that is out of order is never both unmatched and matched (KAFKA-19536)', () => {
  const entries = journal(
    'request K1 10000',
    'request K2 9700',
    'response K2 9800',
    'request K3 20000',
    'response K1 10100',
  );
  const { outputs } = runHistory(settings, entries);
  expect(ends(outputs)).toEqual({ matched: [[1, 2]], expired: [[0]], late: [[4]] });
  const inTime = journal('response K1 10100', 'request K9 11000', 'request K1 10000', 'request K8 20000');
  expect(ends(runHistory(settings, inTime).outputs)).toEqual({ matched: [[2, 0]], expired: [[1]] });
});

test('the last request of a quiet night is reported unmatched, by ticks and by nothing else', () => {
  const quiet = journal('request K1 10000', 'idle 0', 'tick 1000', 'tick 1000', 'tick 800');
  expect(ends(runHistory(settings, quiet).outputs)).toEqual({});
  expect(ends(runHistory(settings, [...quiet, { kind: 'tick', position: 5, elapsed: 1 }]).outputs)).toEqual({
    expired: [[0]],
  });
});

test('an input that is silent and not idle holds everything open; once it is idle, it does not', () => {
  const two = { ...settings, inputs: 2 };
  const held = journal('request K1 10000', 'request K2 90000');
  expect(ends(runHistory(two, held).outputs)).toEqual({});
  const idle: PlainEntry = { kind: 'input', position: 2, input: 1, idle: true };
  expect(ends(runHistory(two, [...held, idle]).outputs)).toEqual({ expired: [[0]] });
});

test('both ends of an asymmetric window are in it, and one millisecond more is not (KAFKA-15417)', () => {
  const pair = (response: number): Record<string, number[][]> =>
    ends(runHistory(settings, journal('request K1 10000', `response K1 ${response}`)).outputs);
  expect(pair(9800)).toEqual({ matched: [[0, 1]] });
  expect(pair(12000)).toEqual({ matched: [[0, 1]] });
  expect(pair(9799)).toEqual({});
  expect(pair(12001)).toEqual({});
  const reversed = (request: number): Record<string, number[][]> =>
    ends(runHistory(settings, journal('response K1 10000', `request K1 ${request}`)).outputs);
  expect(reversed(10200)).toEqual({ matched: [[1, 0]] });
  expect(reversed(8000)).toEqual({ matched: [[1, 0]] });
  expect(reversed(10201)).toEqual({});
  expect(reversed(7999)).toEqual({});
});

test('what is opened while others close in the same batch is seen by the next response (SPARK-38684)', () => {
  const lines = ['request K1 1000', 'response K1 1100', 'request K1 1200', 'request K2 1200', 'response K1 1300'];
  const more = ['request K3 9000', 'request K1 9100', 'response K1 9200', 'response K3 9300'];
  const entries = journal(...lines, ...more);
  const expected = {
    matched: [
      [0, 1],
      [2, 4],
      [6, 7],
      [5, 8],
    ],
    expired: [[3]],
  };
  for (const batches of [[entries.length], [1], [3], [5, 2]]) {
    expect(ends(runHistory(settings, entries, batches, ['commit']).outputs)).toEqual(expected);
    expect(ends(runHistory(settings, entries, batches, ['crash']).outputs)).toEqual(expected);
  }
});

test('what was open before a restart expires after it, though nothing more comes with its key', () => {
  for (const restart of ['crash', 'snapshot'] as const) {
    const entries = journal('request K1 10000', 'response K7 10000', 'idle 0', 'tick 2000', 'tick 900');
    expect(ends(runHistory(settings, entries, [1], [restart]).outputs)).toEqual({ expired: [[0]], orphans: [[1]] });
  }
});

test('a repeat of a matched request is a duplicate until its deadline has passed, and late afterwards', () => {
  const lines = ['request K1 10000', 'response K1 10100', 'request K1 10000', 'request K2 12800', 'request K1 10000'];
  const entries = journal(...lines, 'request K3 12801', 'request K1 10000');
  expect(ends(runHistory(settings, entries).outputs)).toEqual({
    matched: [[0, 1]],
    duplicates: [[2], [4]],
    late: [[6]],
  });
});

test('with the policy all a response matches every open request of its key in the window, a request one response', () => {
  const all = { ...settings, policy: 'all' } as const;
  const resent = journal('request K1 9000', 'request K1 10000', 'request K1 10500', 'response K1 11100');
  expect(ends(runHistory(all, resent).outputs)).toEqual({
    matched: [
      [1, 3],
      [2, 3],
    ],
  });
  const answers = journal('response K1 10000', 'response K1 10010', 'request K1 10020');
  expect(ends(runHistory(all, answers).outputs)).toEqual({ matched: [[2, 0]] });
});

test('with the policy last the frame that came last is the pending one, and the one before it is the duplicate', () => {
  const last = { ...settings, policy: 'last' } as const;
  const resent = journal('request K1 10000', 'request K1 10000', 'response K1 10100', 'request K1 10000');
  expect(ends(runHistory(last, resent).outputs)).toEqual({ matched: [[1, 2]], duplicates: [[0], [3]] });
});

test('entries hours ahead, of an input that is read faster, expire in their order', () => {
  const two = { ...settings, inputs: 2 };
  const hour = 3_600_000;
  const lines = [4, 3, 2, 1].map((hours) => `request K${hours} ${hours * hour}`);
  const entries = journal(...lines, `request K9 ${3 * hour + 100_000} input 1`, 'idle 1');
  expect(ends(runHistory(two, entries).outputs)).toEqual({ expired: [[3], [2], [1], [4]] });
});

test('many requests that came in the reverse of their order expire in their order', () => {
  const positions = Array.from({ length: 200 }, (_, position) => position);
  const requests = positions.map((position) => `request K${position} ${10_020 - position / 10}`);
  const { outputs } = runHistory(settings, journal(...requests, 'tick Infinity'));
  expect(ends(outputs)).toEqual({ expired: positions.toReversed().map((position) => [position]) });
});
