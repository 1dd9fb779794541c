import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RecordWriter } from '../../src/runtime/embedded/record-writer.ts';
import { TopicDeliveries } from '../../src/runtime/embedded/topic-deliveries.ts';
import { TopicStore } from '../../src/runtime/embedded/topic-store.ts';
import { batchLines } from '../../src/sinks/batch-lines.ts';
import type { Environment } from '../../src/state/environment.ts';
import { MemoryDisk, openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import type { Receiver, TopicBatch } from '../../src/streams/receiver.ts';
import { SlowEnvironment } from './slow-environment.ts';

/** Remembers what it is handed, as bytes. */
class Recorder implements Receiver {
  readonly name: string = 'recorder';
  readonly batches: { readonly number: number; readonly offset: number; readonly text: string }[] = [];
  /** What happens before a batch is there. */
  before: () => void | Promise<void> = () => undefined;

  async deliver(batch: TopicBatch): Promise<void> {
    const text = batchLines(batch).toString();
    await this.before();
    this.batches.push({ number: batch.number, offset: batch.offset, text });
  }
}

function append(environment: Environment, values: readonly string[], topic = 'bets'): void {
  const store = new TopicStore(environment);
  const writer = new RecordWriter();
  for (const value of values) writer.append(new Uint8Array(0), null, Buffer.from(value));
  environment.commit(() => store.append(topic, writer));
}

function deliveriesOf(environment: Environment, ...receivers: readonly Receiver[]): TopicDeliveries {
  return new TopicDeliveries({ pipeline: 'itc', partition: 0, environment, receivers: { bets: receivers } });
}

/** Hand over all that there is. */
async function deliverAll(environment: Environment, ...receivers: readonly Receiver[]): Promise<void> {
  const deliveries = deliveriesOf(environment, ...receivers);
  deliveries.end();
  await deliveries.run(new AbortController().signal);
}

const { signal } = new AbortController();

describe('topics that are handed over', () => {
  test('come again, the same bytes under the same number, when the process died before that was noted', async () => {
    const environment = openMemoryEnvironment();
    const recorder = new Recorder();
    append(environment, ['1', '2']);
    append(environment, ['3']);
    const dying: Environment = {
      size: 0,
      table: (name) => environment.table(name),
      attend: (part) => environment.attend(part),
      commit: (work) => environment.commit(work),
      submit: (work) => {
        if (recorder.batches.length > 0) throw new Error('killed');
        return environment.submit(work);
      },
      durable: () => environment.durable(),
      renew: () => undefined,
      close: () => Promise.resolve(),
    };
    await expect(deliverAll(dying, recorder)).rejects.toThrow('killed');
    append(environment, ['4']);
    await deliverAll(environment, recorder);
    expect(recorder.batches.map(({ number }) => number)).toEqual([1, 1, 2, 3]);
    expect(recorder.batches[1]).toEqual(recorder.batches[0]);
    expect(recorder.batches.map(({ offset }) => offset)).toEqual([0, 0, 2, 3]);
  });

  test('are on disk before they are handed over', async () => {
    const disk = new MemoryDisk();
    const environment = new SlowEnvironment(disk, () => 3);
    const store = new TopicStore(environment);
    const recorder = new Recorder();
    const deliveries = deliveriesOf(environment, recorder);
    const writer = new RecordWriter();
    writer.append(new Uint8Array(0), null, Buffer.from('1'));
    environment.submit(() => store.append('bets', writer));
    recorder.before = () => {
      const reader = new TopicStore(openMemoryEnvironment({ disk, readOnly: true }));
      expect(reader.extent('bets').end).toBe(1);
    };
    deliveries.end();
    await deliveries.run(signal);
    expect(recorder.batches).toHaveLength(1);
    expect(new TopicStore(openMemoryEnvironment({ disk })).position('bets', 'itc>recorder')).toBe(1);
  });

  test('are complete and in order wherever a process dies, once repeats are passed over', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.array(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 4 }) },
      { weight: 2, arbitrary: fc.nat(3) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const environment = openMemoryEnvironment();
        const recorder = new Recorder();
        const written: string[] = [];
        for (const one of steps) {
          if (typeof one !== 'number') {
            const values = one.map((value) => JSON.stringify(value));
            written.push(...values);
            append(environment, values);
            continue;
          }
          let left = one; // batches until it dies, before or behind one
          recorder.before = () => {
            if (left-- === 0) throw new Error('killed');
          };
          await deliverAll(environment, recorder).catch(() => undefined);
        }
        recorder.before = () => undefined;
        await deliverAll(environment, recorder);
        const once = new Map(recorder.batches.map((batch) => [batch.number, batch.text]));
        for (const { number, text } of recorder.batches) expect(text).toBe(once.get(number));
        expect([...once.keys()]).toEqual(Array.from({ length: once.size }, (_unused, index) => index + 1));
        expect([...once.values()].flatMap((text) => text.split('\n').slice(1, -1))).toEqual(written);
      }),
      { numRuns: 100 },
    );
  });

  test('hold up who asks for it until they have arrived, and no longer than the run', async () => {
    const environment = openMemoryEnvironment();
    const recorder = new Recorder();
    let release: () => void = () => undefined;
    recorder.before = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const deliveries = deliveriesOf(environment, recorder);
    const running = deliveries.run(signal);
    await deliveries.caughtUp();
    append(environment, ['1']);
    deliveries.committed();
    let caughtUp = false;
    const waiting = deliveries.caughtUp().then(() => {
      caughtUp = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(caughtUp).toBe(false);
    release();
    await waiting;
    deliveries.end();
    await running;
    append(environment, ['2']);
    await deliveries.caughtUp();
  });

  test('stop at the signal, with what has arrived noted', async () => {
    const environment = openMemoryEnvironment();
    const stop = new AbortController();
    const [quick, slow] = [new Recorder(), new Recorder()];
    slow.before = () => {
      stop.abort();
      throw new Error('given up');
    };
    append(environment, ['1']);
    const both = { bets: [quick, Object.assign(slow, { name: 'slow' })] };
    await new TopicDeliveries({ pipeline: 'itc', partition: 0, environment, receivers: both }).run(stop.signal);
    slow.before = () => undefined;
    await deliverAll(environment, quick, slow);
    expect([quick.batches.length, slow.batches.length]).toEqual([1, 1]);
  });

  test('are not dropped before they arrived, unless nobody gets them any more', async () => {
    const environment = openMemoryEnvironment();
    const store = new TopicStore(environment);
    const recorder = new Recorder();
    deliveriesOf(environment, recorder);
    for (let count = 0; count < 10; count++) append(environment, [`${count}`]);
    environment.commit(() => store.retain('bets', { bytes: 1 }));
    expect(store.extent('bets').first).toBe(0);
    await deliverAll(environment, recorder);
    environment.commit(() => store.retain('bets', { bytes: 1 }));
    expect(store.extent('bets').first).toBe(9);
    append(environment, ['10']);
    await deliverAll(environment);
    append(environment, ['11']);
    environment.commit(() => store.retain('bets', { bytes: 1 }));
    expect(store.extent('bets').first).toBe(11);
    await deliverAll(environment, recorder);
    expect(recorder.batches.at(-1)).toMatchObject({ number: 11, offset: 11 });
  });
});
