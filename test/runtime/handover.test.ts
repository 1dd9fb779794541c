import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Handover } from '../../src/runtime/embedded/handover.ts';
import { ProgressTable } from '../../src/runtime/embedded/progress.ts';
import { replayJournal } from '../../src/runtime/embedded/replay-journal.ts';
import { runPartition } from '../../src/runtime/embedded/run-partition.ts';
import type { Environment } from '../../src/state/environment.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import type { Sink } from '../../src/streams/sink.ts';
import { Copies, HandingSums, handedSource, handedTopic } from './handing-sums.ts';
import { poison } from './keyed-sums.ts';
import { ScriptedSource } from './scripted-source.ts';
import { topicsOf } from './topics-of.ts';

const bitter = 0xee; // second byte of frames on which the second pipeline throws

/** Where a run is to fail: at which commit, before or behind the second pipeline's part, or in front of it. */
interface Failure {
  readonly place: 'before' | 'between' | 'behind' | 'sink';
  readonly number: number;
}

interface RunSettings {
  readonly environment: Environment;
  readonly frames: readonly Uint8Array[];
  readonly batch: number;
  readonly handover: Handover | undefined;
  readonly failure?: Failure | undefined;
}

/** Run both pipelines until their inputs end, or one fails. */
async function run({ environment, frames, batch, handover, failure }: RunSettings): Promise<boolean> {
  const { place = null, number: left = 0 } = failure ?? {};
  let reached = 0;
  const reach = (here: Failure['place']): void => {
    if (here === place && ++reached === left) throw new Error('given up');
  };
  const watched: Environment = {
    table: (name) => environment.table(name),
    attend: (part) => environment.attend(part),
    commit: (work) => environment.commit(work),
    submit: (work) => {
      return environment.submit(() => {
        reach('before');
        const result = work();
        reach('behind');
        return result;
      });
    },
    durable: () => environment.durable(),
    renew: () => environment.renew(),
    size: 0,
    close: () => environment.close(),
  };
  const sink: Sink = {
    name: 'sink',
    position: '',
    open: () => undefined,
    write: () => reach('sink'),
    close: () => undefined,
  };
  const stop = new AbortController();
  let over = false;
  let failed = false;
  const orStop = (): void => {
    failed = true;
    stop.abort();
  };
  const common = { partition: 0, environment: watched, batch: { frames: batch }, poll: 1 };
  const second = runPartition(
    {
      ...common,
      pipeline: 'third',
      sources: [handedSource(watched, () => over)],
      process: new Copies(() => reach('between'), bitter),
      takes: handover === undefined ? undefined : { handover, input: 0 },
      quarantine: 'bitter',
      outputs: { copied: { sinks: [sink] } },
    },
    stop.signal,
  ).catch(orStop);
  const source = new ScriptedSource('one', frames);
  const process = new HandingSums(watched);
  const first = runPartition(
    { ...common, pipeline: 'first', sources: [source], process, hands: handover },
    stop.signal,
  ).catch(orStop);
  await first;
  over = true;
  await second;
  return !failed;
}

/** All topics but the one that is handed over: what was taken is dropped there sooner or later. */
function topics(environment: Environment): Record<string, string[]> {
  const { [handedTopic]: _handed, ...others } = topicsOf(environment);
  return others;
}

const frame = fc.tuple(fc.constantFrom(1, 2, 3, poison), fc.constantFrom(0, 1, 7, bitter), fc.nat(255));
const frames = fc.array(
  frame.map((bytes) => Uint8Array.from(bytes)),
  { minLength: 1, maxLength: 30 },
);
const place = fc.constantFrom('before', 'between', 'behind', 'sink').map((name) => name as Failure['place']);
const failures = fc.array(fc.record({ place, number: fc.integer({ min: 1, max: 6 }) }), { maxLength: 3 });

test('what is handed over in one commit gives the same topics as what is read from a topic behind it', async () => {
  const property = fc.asyncProperty(frames, fc.integer({ min: 1, max: 9 }), failures, async (given, batch, fail) => {
    const [apart, together] = [openMemoryEnvironment(), openMemoryEnvironment()];
    await run({ environment: apart, frames: given, batch, handover: undefined });
    const settings = { environment: together, frames: given, batch };
    for (const failure of fail) await run({ ...settings, failure, handover: new Handover(handedTopic) });
    expect(await run({ ...settings, handover: new Handover(handedTopic) })).toBe(true);
    expect(topics(together)).toEqual(topics(apart));
    const environment = openMemoryEnvironment();
    const again = { partition: 0, journal: together, environment, quarantine: 'bitter' };
    const sources = [handedSource(together, () => true)];
    await replayJournal({ ...again, pipeline: 'third', sources, process: new Copies(undefined, bitter) });
    expect(topics(environment)['copied']).toEqual(topics(together)['copied']);
  });
  await fc.assert(property, { numRuns: 60 });
});

test.each(['before', 'between', 'behind', 'sink'] as const)(
  'a failure %s the part of the second pipeline leaves both parts of a commit, or neither',
  async (at) => {
    const given = Array.from({ length: 12 }, (_none, index) => Uint8Array.of(index % 3, index));
    for (let number = 1; number < 8; number++) {
      const environment = openMemoryEnvironment();
      const handover = new Handover(handedTopic);
      await run({ environment, frames: given, batch: 2, handover, failure: { place: at, number } });
      const progress = new ProgressTable(environment);
      const { sums = [], copied = [], [handedTopic]: handed = [] } = topicsOf(environment);
      expect(copied.length + handed.length).toBe(sums.length);
      const records = (lines: readonly string[]): unknown => lines.map((line) => line.slice(line.indexOf(' ')));
      await run({ environment, frames: given, batch: 2, handover: new Handover(handedTopic) });
      expect(progress.get('third').finished).toBe(true);
      expect(records(topicsOf(environment)['copied'] ?? [])).toHaveLength(12);
    }
  },
);

test('what was handed over is in the journal of who took it, and not in the topic', async () => {
  const environment = openMemoryEnvironment();
  const given = Array.from({ length: 9 }, (_none, index) => Uint8Array.of(1, index));
  const handover = new Handover(handedTopic);
  await run({ environment, frames: given, batch: 3, handover });
  expect(topicsOf(environment)[handedTopic]).toEqual([]);
  const [input] = new ProgressTable(environment).get('third').inputs;
  expect(input?.position).toBe('[9]');
});
