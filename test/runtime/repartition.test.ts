import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partitionOfKey } from '../../src/runtime/embedded/partition-of-key.ts';
import type { Process } from '../../src/runtime/embedded/process.ts';
import { ProgressTable } from '../../src/runtime/embedded/progress.ts';
import { RecordWriter } from '../../src/runtime/embedded/record-writer.ts';
import {
  appendToPartition,
  dropFetched,
  incomingSource,
  outgoingTopic,
} from '../../src/runtime/embedded/repartition.ts';
import { runPartition } from '../../src/runtime/embedded/run-partition.ts';
import { TopicStore } from '../../src/runtime/embedded/topic-store.ts';
import type { Environment } from '../../src/state/environment.ts';
import { MemoryDisk, openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { ScriptedSource } from './scripted-source.ts';
import { SlowEnvironment } from './slow-environment.ts';
import { topicsOf } from './topics-of.ts';

const partitions = 3;
const keyOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, 1);

const scatter: Process = {
  run({ messages }, outputs) {
    for (const entry of messages) {
      if (entry.kind !== 'frame') continue;
      appendToPartition(outputs, 'keyed', partitions, { key: keyOf(entry.bytes), time: null, value: entry.bytes });
    }
  },
};
const collect: Process = {
  run({ messages }, outputs) {
    for (const entry of messages) {
      if (entry.kind === 'frame') outputs.topic('got').append(keyOf(entry.bytes), null, entry.bytes);
    }
  },
};

function bound(environment: Environment): Environment {
  return {
    table: (name) => environment.table(name),
    attend: (part) => environment.attend(part),
    commit: (work) => environment.commit(work),
    submit: (work) => environment.submit(work),
    durable: () => environment.durable(),
    renew: () => environment.renew(),
    size: 0,
    close: () => environment.close(),
  };
}

async function runUntilIdle(environment: Environment, partition: number, stores: TopicStore[]): Promise<void> {
  const stop = new AbortController();
  const source = incomingSource({ topic: 'keyed', partition, stores });
  const clock = { now: () => 0, wait: async () => stop.abort() };
  const options = { pipeline: 'collect', partition, environment, sources: [source], process: collect, clock };
  await runPartition({ ...options, batch: { frames: 4 } }, stop.signal);
}

test('what changes partition is on disk where it comes from before it is committed where it goes', async () => {
  const disk = new MemoryDisk();
  const slow = new SlowEnvironment(disk, () => 9);
  const store = new TopicStore(slow);
  const writer = new RecordWriter();
  const destination = partitionOfKey(Uint8Array.of(1), partitions);
  const topic = outgoingTopic('keyed', destination);
  writer.append(Uint8Array.of(1), null, Uint8Array.of(1, 2));
  slow.submit(() => store.append(topic, writer));
  const environment = openMemoryEnvironment();
  const watched: Environment = {
    ...bound(environment),
    submit: (work) => {
      const submitted = environment.submit(work);
      if (topicsOf(environment)['got'] !== undefined) {
        expect(new TopicStore(openMemoryEnvironment({ disk, readOnly: true })).extent(topic).end).toBe(1);
      }
      return submitted;
    },
  };
  await runUntilIdle(watched, destination, [store]);
  expect(topicsOf(environment)['got']).toHaveLength(1);
});

test('what changes partition arrives once where its key belongs, however often either side starts again', async () => {
  const frames = fc.array(
    fc.tuple(fc.nat(20), fc.nat(255)).map((bytes) => Uint8Array.from(bytes)),
    { maxLength: 25 },
  );
  const property = fc.asyncProperty(
    fc.array(frames, { minLength: 3, maxLength: 3 }),
    fc.nat(2),
    async (given, restarts) => {
      const environments = given.map(() => openMemoryEnvironment());
      const stores = environments.map((environment) => new TopicStore(environment));
      for (const [partition, own] of given.entries()) {
        const environment = environments[partition];
        if (environment === undefined) continue;
        const sources = [new ScriptedSource('one', own)];
        const options = { pipeline: 'scatter', partition, environment, sources, process: scatter };
        await runPartition(options, new AbortController().signal);
      }
      for (let start = 0; start <= restarts; start++) {
        for (const [partition, environment] of environments.entries())
          await runUntilIdle(environment, partition, stores);
      }
      for (const [partition, environment] of environments.entries()) {
        const got = topicsOf(environment)['got'] ?? [];
        const expected = given.flat().filter((bytes) => partitionOfKey(keyOf(bytes), partitions) === partition);
        expect(got).toHaveLength(expected.length);
        const position = new ProgressTable(environment).get('collect').inputs[0]?.position ?? null;
        for (const [source, store] of stores.entries()) {
          if (position !== null) {
            store.environment.commit(() => dropFetched(store, 'keyed', source, partition, position));
            const { first, end } = store.extent(outgoingTopic('keyed', partition));
            expect(first).toBeLessThanOrEqual(end);
          }
        }
      }
    },
  );
  await fc.assert(property, { numRuns: 40 });
});
