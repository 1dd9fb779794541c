import { expect, test } from 'vitest';
import { Journal } from '../../src/runtime/embedded/journal.ts';
import { processOfOperators } from '../../src/runtime/embedded/process.ts';
import { type PartitionOptions, runPartition } from '../../src/runtime/embedded/run-partition.ts';
import type { Environment } from '../../src/state/environment.ts';
import { MemoryDisk, openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { correlate } from '../../src/streams/correlate.ts';
import type { CorrelatedBatch } from '../../src/streams/correlated-batch.ts';
import { createCorrelator } from '../../src/streams/correlator.ts';
import { decodeHeaders } from '../../src/streams/decode-headers.ts';
import type { HeaderView } from '../../src/streams/read-headers.ts';
import { ScriptedClock } from './scripted-clock.ts';
import { ScriptedSource } from './scripted-source.ts';
import { topicsOf } from './topics-of.ts';

const minute = 60_000;
const count = 1000;

/** A frame: its direction, then its key and its event time as 32-bit numbers. */
function frame(direction: number, key: number, time: number): Uint8Array {
  const bytes = new Uint8Array(9);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, direction);
  view.setUint32(1, key);
  view.setUint32(5, time);
  return bytes;
}

const header: HeaderView & { view: DataView } = {
  view: new DataView(new ArrayBuffer(9)),
  at(bytes) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return true;
  },
  get direction() {
    return this.view.getUint8(0);
  },
  get key() {
    return this.view.getUint32(1);
  },
  sequence: 0,
  get time() {
    return this.view.getUint32(5);
  },
  keyText: () => '',
};

/** A process that joins frames in windows of two seconds, and writes the keys of pairs and of expired requests. */
function joining(environment: Environment): PartitionOptions['process'] {
  const table = environment.table('joined');
  const correlator = createCorrelator({ before: 200, after: 2000, grace: 0, disorder: 300 }, { durable: true });
  correlator.restore(table.range());
  return processOfOperators<CorrelatedBatch>({
    operators: (batches) => batches.pipe(decodeHeaders(header), correlate(correlator)),
    write({ messages, expired }, outputs) {
      const append = (topic: string, key: string | number): void => {
        outputs.topic(topic).append(new Uint8Array(0), null, Buffer.from(String(key)));
      };
      for (const { key } of messages) append('pairs', key);
      for (const { key } of expired) append('expired', key);
    },
    save() {
      for (const { key, value } of correlator.changes()) {
        if (value === null) table.delete(key);
        else table.put(key, value);
      }
    },
  });
}

const requests = Array.from({ length: count }, (_unused, key) => frame(0, key, 1_000_000 + key));
const responses = Array.from({ length: count }, (_unused, key) => frame(1, key, 1_000_500 + key));

function optionsOf(environment: Environment, source: ScriptedSource, clock: ScriptedClock): PartitionOptions {
  const idle = { after: 1000, tick: 1000 };
  const process = joining(environment);
  return { pipeline: 'test', partition: 0, environment, sources: [source], process, clock, idle, poll: 100 };
}

/** How many pairs and expired requests there are. */
function ends(environment: Environment): { pairs: number; expired: number } {
  const { pairs = [], expired = [] } = topicsOf(environment);
  return { pairs: pairs.length, expired: expired.length };
}

function newSource(): ScriptedSource {
  const source = new ScriptedSource('one', [...requests, ...responses]);
  source.available = count;
  return source;
}

test('silence expires open requests: after it is told, and only then', async () => {
  const environment = openMemoryEnvironment();
  const source = newSource();
  source.rest = 'caught-up';
  const stop = new AbortController();
  await runPartition(optionsOf(environment, source, new ScriptedClock({ 10000: () => stop.abort() })), stop.signal);
  expect(ends(environment)).toEqual({ pairs: 0, expired: count });
});

test('ten minutes of a lost connection expire none of a thousand open requests', async () => {
  const environment = openMemoryEnvironment();
  const source = newSource();
  source.rest = 'disconnected';
  const stop = new AbortController();
  const back = (): void => {
    source.available = 2 * count;
    source.rest = 'caught-up';
  };
  const clock = new ScriptedClock({ [10 * minute]: back, [10 * minute + 800]: () => stop.abort() });
  await runPartition({ ...optionsOf(environment, source, clock), poll: 800 }, stop.signal);
  expect(ends(environment)).toEqual({ pairs: count, expired: 0 });
});

test('nor do ten minutes in which a sink is stalled, while its input is caught up', async () => {
  const environment = openMemoryEnvironment();
  const source = new ScriptedSource('one', [...requests, frame(0, count, 1_001_000), ...responses]);
  source.available = count;
  source.rest = 'caught-up';
  const stop = new AbortController();
  let writes = 0;
  const clock = new ScriptedClock({
    [10 * minute + 1500]: () => {
      source.available = count + 1;
    },
    [20 * minute + 3000]: () => {
      source.available = source.frames.length;
    },
    [30 * minute + 4500]: () => stop.abort(),
  });
  const sink = {
    name: 'stalled',
    position: '',
    open(): void {},
    write(): void {
      writes++;
      clock.time += 10 * minute;
    },
    close(): void {},
  };
  const options = optionsOf(environment, source, clock);
  const { process } = options;
  const noisy: PartitionOptions['process'] = {
    ...process,
    async run(batch, outputs) {
      await process.run(batch, outputs);
      if (batch.messages.every(({ kind }) => kind !== 'frame')) return;
      outputs.topic('batches').append(new Uint8Array(0), null, Buffer.from(String(batch.to)));
    },
  };
  await runPartition({ ...options, process: noisy, outputs: { batches: { sinks: [sink] } } }, stop.signal);
  expect(writes).toBe(3);
  const entries = [...new Journal(environment, 'test').replay(0, [source])].flat();
  expect(entries.filter(({ kind }) => kind === 'tick')).toEqual([]); // it was silent for 1.5 s at a time
  expect(ends(environment)).toEqual({ pairs: count, expired: 0 });
});

test('nor do ten minutes in which the machine sleeps, or the process is stopped and started again', async () => {
  const disk = new MemoryDisk();
  const environment = openMemoryEnvironment({ disk });
  const source = newSource();
  source.rest = 'caught-up';
  const stop = new AbortController();
  const clock = new ScriptedClock({
    1500: () => {
      clock.time += 10 * minute;
    },
    [10 * minute + 1900]: () => stop.abort(),
  });
  await runPartition(optionsOf(environment, source, clock), stop.signal);
  expect(ends(environment)).toEqual({ pairs: 0, expired: 0 });
  await environment.close();

  const after = openMemoryEnvironment({ disk });
  const again = newSource();
  again.rest = 'caught-up';
  const ended = new AbortController();
  const later = new ScriptedClock({
    [30 * minute + 900]: () => {
      again.available = 2 * count;
    },
    [30 * minute + 1500]: () => ended.abort(),
  });
  later.time = 30 * minute;
  await runPartition(optionsOf(after, again, later), ended.signal);
  expect(ends(after)).toEqual({ pairs: count, expired: 0 });
});
