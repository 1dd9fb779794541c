import { expect, test } from 'vitest';
import { createCorrelator } from '../../src/streams/correlator.ts';
import type { PlainEntry } from './naive-correlator.ts';
import { headedBatch, positionsOf, RestartingCorrelator } from './run-history.ts';

const settings = { before: 10, after: 1e6, grace: 0, disorder: 0 };
const large = 50_000; // bytes of a frame

/** A request or a response of a key, with the key as its place and time. */
function frame(direction: 0 | 1, key: number | string, position: number): PlainEntry {
  const { length } = String(key);
  return {
    kind: 'frame',
    input: 0,
    ingested: null,
    direction,
    key,
    sequence: length,
    position,
    time: position,
    size: large,
  };
}

test('frames that stay open while many others close keep their bytes, and what is kept of those goes', () => {
  const correlator = new RestartingCorrelator(settings);
  const old = ['text', 1.5, 7]; // keys of all forms
  const pairs: number[] = [];
  let position = 0;
  const take = (entries: readonly PlainEntry[]): void => {
    for (const [request] of positionsOf(correlator.current.correlate(headedBatch(entries))).matched)
      pairs.push(request);
    position += entries.length;
  };
  take(old.map((key, at) => frame(0, key, at)));
  correlator.restart('commit');
  for (let turn = 0; turn < 60; turn++) {
    take([frame(0, 1000 + turn, position), frame(0, 2000 + turn, position + 1)]);
    correlator.restart(turn % 20 === 10 ? 'crash' : 'commit');
    take([frame(1, 1000 + turn, position), frame(1, 2000 + turn, position + 1)]);
    correlator.restart(turn % 20 === 15 ? 'snapshot' : 'commit');
    const blocks = correlator.keys.filter((key) => key.startsWith('02'));
    expect(blocks.length).toBeLessThan(50); // those with frames have 50 or 100 KB: 1 MiB of the dead at the most
  }
  expect(pairs).toHaveLength(120);
  correlator.restart('crash');
  take(old.map((key, at) => frame(1, key, position + at)));
  expect(pairs.slice(120)).toEqual([0, 1, 2]);
  correlator.restart('commit');
  expect(correlator.keys.filter((key) => key.startsWith('02'))).toEqual([]);
});

test('without a commit frames are in memory, however little is allowed, and those of earlier batches too', () => {
  for (const options of [{ durable: true, stored: () => undefined }, {}]) {
    const correlator = createCorrelator({ ...settings, maxMemory: 0 }, options);
    const requests = Array.from({ length: 60 }, (_unused, key) => frame(0, key, key)); // 3 MB
    for (const request of requests) correlator.correlate(headedBatch([request]));
    const responses = requests.map((_request, key) => frame(1, key, 60 + key));
    const { matched } = positionsOf(correlator.correlate(headedBatch(responses)));
    expect(matched.map(([request]) => request)).toEqual(requests.map(({ position }) => position));
  }
});

test('a block of open frames that is damaged or missing is an error', () => {
  const correlator = createCorrelator(settings, { durable: true });
  const state: { key: Uint8Array; value: Uint8Array }[] = [];
  for (let key = 0; key < 3; key++) {
    correlator.correlate(headedBatch([frame(0, key, key)]));
    for (const { key, value } of correlator.changes()) if (value !== null) state.push({ key, value });
  }
  const corrupt = expect.objectContaining({ code: 'STATE_CORRUPT' });
  const latest = [...new Map(state.map((entry) => [Buffer.from(entry.key).toString('hex'), entry])).values()];
  const cut = latest.map(({ key, value }) => ({ key, value: key[0] === 2 ? value.subarray(0, -1) : value }));
  const short = latest.map(({ key, value }) => ({ key, value: key[0] === 2 ? value.subarray(0, 20) : value }));
  const blocks = latest.filter(({ key }) => key[0] === 2);
  for (const wrong of [cut, short, latest.filter((entry) => entry !== blocks[1])]) {
    expect(() => createCorrelator(settings).restore(wrong)).toThrow(corrupt);
  }
  expect(() => createCorrelator(settings).restore(latest)).not.toThrow();
});
