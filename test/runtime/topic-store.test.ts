import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RecordWriter } from '../../src/runtime/embedded/record-writer.ts';
import { TopicReader, tailTopic } from '../../src/runtime/embedded/topic-reader.ts';
import { type Retention, TopicStore } from '../../src/runtime/embedded/topic-store.ts';
import { MemoryDisk, openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';

type Given = readonly [key: string, time: number | null, value: string];

const given = fc.tuple(fc.string({ maxLength: 30 }), fc.option(fc.integer({ min: -9, max: 40 })), fc.string());
const batches = fc.array(fc.array(given, { maxLength: 6 }), { maxLength: 8 });

function writerOf(records: readonly Given[]): RecordWriter {
  const writer = new RecordWriter();
  for (const [key, time, value] of records) writer.append(Buffer.from(key), time, Buffer.from(value));
  return writer;
}

function storeOf(all: readonly (readonly Given[])[], topic = 'bets', disk: MemoryDisk = new MemoryDisk()): TopicStore {
  const environment = openMemoryEnvironment({ disk });
  const store = new TopicStore(environment);
  for (const records of all) environment.commit(() => store.append(topic, writerOf(records)));
  return store;
}

function read(store: TopicStore, topic: string, from: number, step = 1000): Given[] {
  const reader = new TopicReader(store, topic, from);
  const found: Given[] = [];
  for (let records = reader.read(step); records.length > 0; records = reader.read(step)) {
    for (const { key, time, value } of records)
      found.push([String(Buffer.from(key)), time, String(Buffer.from(value))]);
  }
  return found;
}

describe('a topic', () => {
  test('gives from any offset what was appended, however it is read', () => {
    const property = fc.property(batches, fc.nat(40), fc.integer({ min: 1, max: 5 }), (all, from, step) => {
      const store = storeOf(all);
      expect(read(store, 'bets', from, step)).toEqual(all.flat().slice(from));
      expect(store.extent('bets').end).toBe(all.flat().length);
      expect(new TopicReader(store, 'bets', from).lag).toBe(Math.max(0, all.flat().length - from));
    });
    fc.assert(property);
  });

  test('finds the first record of at least a time', () => {
    const property = fc.property(batches, fc.integer({ min: -10, max: 41 }), (all, time) => {
      const records = all.flat();
      const expected = records.findIndex(([, of]) => of !== null && of >= time);
      expect(storeOf(all).offsetAtTime('bets', time)).toBe(expected < 0 ? records.length : expected);
    });
    fc.assert(property);
  });

  test('knows nothing of a topic whose name begins with its own', () => {
    const store = storeOf([[['a', 1, 'one']]], 'bets');
    store.environment.commit(() => {
      store.append('bets.old', writerOf([['b', 2, 'two']]));
      store.setPosition('bets.old', 'x', 1);
    });
    expect(read(store, 'bets', 0)).toEqual([['a', 1, 'one']]);
    expect(read(store, 'bets.old', 0)).toEqual([['b', 2, 'two']]);
    expect(store.consumers('bets')).toEqual([]);
    expect(store.names()).toEqual(['bets', 'bets.old']);
  });

  test('splits a batch that is too large for one block', () => {
    const large: Given[] = Array.from({ length: 40 }, (_unused, index) => [`${index}`, index, 'x'.repeat(40_000)]);
    const store = storeOf([large]);
    expect(read(store, 'bets', 0)).toEqual(large);
    expect(store.block('bets', 39)?.from).toBeGreaterThan(0);
    expect(store.offsetAtTime('bets', 27)).toBe(27);
  });

  test('refuses a damaged block', () => {
    const store = storeOf([[['a', 1, 'one']]]);
    const blocks = store.environment.table('topic-blocks');
    store.environment.commit(() => {
      for (const { key, value } of [...blocks.range()]) blocks.put(key, value.fill(7, value.length - 1));
    });
    expect(() => read(store, 'bets', 0)).toThrow(expect.objectContaining({ code: 'STATE_CORRUPT' }));
  });
});

describe('retention', () => {
  const retention: fc.Arbitrary<Retention> = fc.record({
    milliseconds: fc.option(fc.nat(30), { nil: undefined }),
    bytes: fc.option(fc.nat(400), { nil: undefined }),
  });

  test('drops whole old blocks that are past a bound, and nothing that a consumer still needs', () => {
    const property = fc.property(
      batches,
      retention,
      fc.option(fc.nat(20)),
      fc.nat(20),
      (all, bounds, needed, lossy) => {
        const store = storeOf(all);
        const records = all.flat();
        store.environment.commit(() => {
          if (needed !== null) store.setPosition('bets', 'slow', needed);
          store.setPosition('bets', 'lossy', lossy, false);
          store.retain('bets', bounds);
        });
        const { first, end, bytes, time } = store.extent('bets');
        expect(read(store, 'bets', 0)).toEqual(records.slice(first));
        expect(end).toBe(records.length);
        if (needed !== null) expect(first).toBeLessThanOrEqual(Math.max(needed, 0));
        if (bounds.bytes === undefined && bounds.milliseconds === undefined) expect(first).toBe(0);
        const oldest = store.block('bets', first);
        const single = oldest === null || oldest.to === end;
        if (needed !== null || single) return;
        if (bounds.bytes !== undefined) expect(bytes).toBeLessThanOrEqual(bounds.bytes);
        if (bounds.milliseconds !== undefined && time !== null) {
          const latest = Math.max(...records.slice(0, oldest.to).map(([, of]) => of ?? Number.NEGATIVE_INFINITY));
          expect(latest).toBeGreaterThanOrEqual(time - bounds.milliseconds);
        }
      },
    );
    fc.assert(property);
  });

  test('can be overruled: what lies before an offset is dropped', () => {
    const store = storeOf([[['a', 1, 'one']], [['b', 2, 'two']], [['c', 3, 'three']]]);
    store.environment.commit(() => store.dropBefore('bets', 2));
    expect(read(store, 'bets', 0)).toEqual([['c', 3, 'three']]);
  });
});

test('tail gives what is there and what comes, from a view that is renewed', async () => {
  const disk = new MemoryDisk();
  const writing = storeOf([[['a', 1, 'one']]], 'bets', disk);
  const reading = new TopicStore(openMemoryEnvironment({ disk, readOnly: true }));
  const stop = new AbortController();
  const clock = {
    now: () => 0,
    async wait(): Promise<void> {
      const { end } = writing.extent('bets');
      if (end < 3) writing.environment.commit(() => writing.append('bets', writerOf([['b', 2, `more ${end}`]])));
      else stop.abort();
    },
  };
  const found: string[] = [];
  for await (const records of tailTopic(reading, new TopicReader(reading, 'bets'), clock, stop.signal)) {
    for (const { value } of records) found.push(String(Buffer.from(value)));
  }
  expect(found).toEqual(['one', 'more 1', 'more 2']);
});
