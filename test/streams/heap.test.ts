import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { map, type Observable, type OperatorFunction, pipe, Subject, tap } from 'rxjs';
import { expect, test } from 'vitest';
import { batch } from '../../src/streams/batch-messages.ts';
import { correlate } from '../../src/streams/correlate.ts';
import type { CorrelatedBatch } from '../../src/streams/correlated-batch.ts';
import { type Correlator, createCorrelator } from '../../src/streams/correlator.ts';
import { decodeFrames } from '../../src/streams/decode-frames.ts';
import { dedupe } from '../../src/streams/dedupe.ts';
import type { HeadedBatch } from '../../src/streams/headed-batch.ts';
import { partitionBy } from '../../src/streams/partition-by.ts';
import { resequence } from '../../src/streams/resequence.ts';
import { tapMetrics } from '../../src/streams/tap-metrics.ts';
import { toEvents } from '../../src/streams/to-events.ts';
import { headedBatch } from './run-history.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Message {
  readonly number: number;
  readonly bytes: Uint8Array;
}

type Ending = 'unsubscribe' | 'error' | 'complete' | 'throw';

const endings: readonly Ending[] = ['unsubscribe', 'error', 'complete', 'throw'];
const settings = { before: 10, after: 10, grace: 0, disorder: 0 };
const offset = ({ number }: Message): number => number;
/** Of every two messages one is missing, so that the next one waits. */
const numbers = Array.from({ length: 40 }, (_unused, index) => 2 * index);

function messagesOf(from: number): Message[] {
  return numbers.slice(from, from + 10).map((number) => ({ number, bytes: new Uint8Array(1000) }));
}

function* batches(refs: WeakRef<object>[]): Generator<unknown> {
  for (let from = 0; from < numbers.length; from += 10) {
    const messages = messagesOf(from);
    for (const message of messages) refs.push(new WeakRef(message), new WeakRef(message.bytes));
    yield { partition: 0, messages, from: 2 * from, to: 2 * from + 20 };
  }
}

function* singles(refs: WeakRef<object>[]): Generator<unknown> {
  for (const message of messagesOf(0)) {
    refs.push(new WeakRef(message), new WeakRef(message.bytes));
    yield message;
  }
}

/** Requests, each with its response in the next batch. */
function* conversations(refs: WeakRef<object>[]): Generator<HeadedBatch> {
  for (let position = 0; position < 40; position += 2) {
    const frames = [position, position + 1].map((at) => {
      return { position: at, direction: (at % 4 < 2 ? 0 : 1) as 0 | 1, key: (at >> 2) * 2 + (at % 2), time: at };
    });
    const headed = headedBatch(
      frames.map((frame) => ({ ...frame, kind: 'frame', input: 0, ingested: null, sequence: 0, size: 1000 })),
    );
    for (const message of headed.messages) {
      refs.push(new WeakRef(message));
      if (message.kind === 'frame') refs.push(new WeakRef(message.bytes));
    }
    yield headed;
  }
}

type Feed = (refs: WeakRef<object>[]) => Generator<unknown>;
type Operator = () => OperatorFunction<never, unknown>;

/** Subscribe, feed, and end; what is left of it is what somebody else holds. */
function live(source: Subject<never>, output: Observable<unknown>, feed: Feed, ending: Ending): WeakRef<object>[] {
  const refs: WeakRef<object>[] = [];
  const errors: unknown[] = [];
  const subscription = output.subscribe({ error: (error: unknown) => errors.push(error) });
  for (const one of feed(refs)) source.next(one as never);
  if (ending === 'unsubscribe') subscription.unsubscribe();
  if (ending === 'error') source.error(new Error('the source failed'));
  if (ending === 'complete') source.complete();
  if (ending === 'throw') for (let time = 0; time < 3; time++) source.next(null as never); // nothing that an operator can work on
  return refs;
}

async function leftBehind(feed: Feed, operator: Operator, ending: Ending): Promise<number> {
  const source = new Subject<never>();
  const output = source.pipe(operator());
  const refs = live(source, output, feed, ending);
  for (let turn = 0; turn < 2; turn++) {
    await new Promise((resolve) => setImmediate(resolve)); // a reference that was made in this turn holds until its end
    collect();
  }
  expect(source.observed).toBe(false);
  expect(output).toBeDefined();
  return refs.filter((ref) => ref.deref() !== undefined).length;
}

const correlators: Correlator[] = [];

function joined(): OperatorFunction<HeadedBatch, unknown> {
  const correlator = createCorrelator(settings, { durable: true });
  correlators.push(correlator); // it stays, and holds what is open: nothing in the end
  const commit = (result: CorrelatedBatch): CorrelatedBatch => {
    correlator.changes();
    return result;
  };
  return pipe(
    correlate(correlator),
    map(commit),
    decodeFrames((bytes) => ({ value: bytes, issue: null })),
  );
}

test.each<[string, Feed, Operator]>([
  ['batch', singles, () => batch<Message>({ partition: 0, position: offset, size: 3, time: 1e6 })],
  ['dedupe', batches, () => dedupe(offset, 1000)],
  ['partitionBy', batches, () => partitionBy(({ number }: Message) => number % 2, 2)],
  ['resequence', batches, () => resequence({ offset, limit: 1000 })],
  ['tapMetrics', batches, () => tapMetrics(() => undefined)],
  ['toEvents', batches, () => toEvents((message: Message) => [message])],
  ['correlate and decodeFrames', conversations, joined],
])('%s lets go of all it held, however it ends', async (_name, feed, operator) => {
  for (const ending of endings) expect(await leftBehind(feed, operator, ending), ending).toBe(0);
});

test('an operator that does not let go is noticed', async () => {
  const held: unknown[] = [];
  expect(await leftBehind(batches, () => tap((one) => held.push(one)), 'unsubscribe')).toBe(2 * numbers.length);
});
