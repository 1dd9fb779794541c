import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/runtime/embedded/clock.ts';
import { Journal } from '../../src/runtime/embedded/journal.ts';
import { type PartitionOptions, runPartition } from '../../src/runtime/embedded/run-partition.ts';
import type { Environment } from '../../src/state/environment.ts';
import { MemoryDisk, openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { KeyedSums } from './keyed-sums.ts';
import { ScriptedClock } from './scripted-clock.ts';
import { ScriptedSource } from './scripted-source.ts';

const minute = 60_000;

function setUp(environment: Environment, sources: ScriptedSource[], clock: Clock): PartitionOptions {
  const idle = { after: 1000, tick: 1000 };
  const process = new KeyedSums(environment);
  return { pipeline: 'test', partition: 0, environment, sources, process, clock, idle, poll: 100 };
}

/** The journal in short: `f0` a frame of input 0, `i0` and `a0` its marks, numbers the ticks. */
function journalOf(environment: Environment, sources: readonly ScriptedSource[]): string {
  const entries = [...new Journal(environment, 'test').replay(0, sources)].flat();
  return entries
    .map((entry) => {
      if (entry.kind === 'tick') return String(entry.elapsed);
      return entry.kind === 'frame' ? `f${entry.input}` : `${entry.idle ? 'i' : 'a'}${entry.input}`;
    })
    .join(' ');
}

const twoFrames = [Uint8Array.of(1, 1), Uint8Array.of(2, 2)];

describe('idleness', () => {
  test('is told of a caught-up and silent input, then by ticks, and ends with its next frame', async () => {
    const environment = openMemoryEnvironment();
    const source = new ScriptedSource('one', twoFrames);
    source.available = 1;
    source.rest = 'caught-up';
    const stop = new AbortController();
    const more = (): void => {
      source.available = 2;
    };
    const clock = new ScriptedClock({ 3500: more, 5000: () => stop.abort() });
    await runPartition(setUp(environment, [source], clock), stop.signal);
    expect(journalOf(environment, [source])).toBe('f0 i0 1000 1000 a0 f0 i0');
  });

  test('is counted anew from the last frame on', async () => {
    const environment = openMemoryEnvironment();
    const source = new ScriptedSource('one', twoFrames);
    source.available = 1;
    source.rest = 'caught-up';
    const stop = new AbortController();
    const more = (): void => {
      source.available = 2;
    };
    const clock = new ScriptedClock({ 500: more, 1500: () => stop.abort() }); // the second frame came at 500
    await runPartition(setUp(environment, [source], clock), stop.signal);
    expect(journalOf(environment, [source])).toBe('f0 f0');
  });

  test('needs all inputs for a tick, and one that is disconnected is never idle', async () => {
    const environment = openMemoryEnvironment();
    const sources = [new ScriptedSource('one', twoFrames), new ScriptedSource('two', twoFrames)];
    for (const source of sources) source.rest = 'caught-up';
    const stop = new AbortController();
    const lose = (): void => {
      for (const source of sources.slice(1)) source.rest = 'disconnected';
    };
    const clock = new ScriptedClock({ 2100: lose, [20 * minute]: () => stop.abort() });
    await runPartition(setUp(environment, sources, clock), stop.signal);
    expect(journalOf(environment, sources)).toBe('f0 f0 f1 f1 i0 i1 1000 a1');
  });

  test('no tick comes before the first frame', async () => {
    const environment = openMemoryEnvironment();
    const source = new ScriptedSource('one', []);
    source.rest = 'caught-up';
    const stop = new AbortController();
    await runPartition(setUp(environment, [source], new ScriptedClock({ [minute]: () => stop.abort() })), stop.signal);
    expect(journalOf(environment, [source])).toBe('i0');
  });

  test('ten minutes of outage are no silence: not those of a lost connection, a stalled sink or a stopped process', async () => {
    const disk = new MemoryDisk();
    const environment = openMemoryEnvironment({ disk });
    const requests = Array.from({ length: 1000 }, (_unused, index) => Uint8Array.of(index % 250, 1));
    const source = new ScriptedSource('one', requests);
    source.rest = 'disconnected';
    const stop = new AbortController();
    const clock = new ScriptedClock({ [10 * minute]: () => stop.abort() });
    const stalled = {
      name: 'stalled',
      position: '',
      open(): void {},
      write(): void {
        clock.time += 10 * minute;
      },
      close(): void {},
    };
    const first = setUp(environment, [source], clock);
    await runPartition({ ...first, outputs: { sums: { sinks: [stalled] } } }, stop.signal);

    await environment.close();
    const after = openMemoryEnvironment({ disk });
    const again = new AbortController();
    const restarted = new ScriptedSource('one', requests);
    restarted.rest = 'caught-up';
    const later = new ScriptedClock({ [30 * minute + 900]: () => again.abort() });
    later.time = 30 * minute; // down for ten minutes
    await runPartition(setUp(after, [restarted], later), again.signal);
    expect(journalOf(after, [restarted])).toBe(Array(1000).fill('f0').join(' '));
  });

  test('after a restart an input that was idle is active until it was silent again', async () => {
    const disk = new MemoryDisk();
    const life = async (until: number): Promise<string> => {
      const environment = openMemoryEnvironment({ disk });
      const source = new ScriptedSource('one', twoFrames);
      source.rest = 'caught-up';
      const stop = new AbortController();
      const clock = new ScriptedClock({ [until]: () => stop.abort() });
      await runPartition(setUp(environment, [source], clock), stop.signal);
      const text = journalOf(environment, [source]);
      await environment.close();
      return text;
    };
    expect(await life(2500)).toBe('f0 f0 i0 1000');
    expect(await life(1500)).toBe('f0 f0 i0 1000 a0 i0');
  });
});

test('a stalled sink leaves the source unread', async () => {
  const environment = openMemoryEnvironment();
  const frames = Array.from({ length: 5000 }, () => Uint8Array.of(1, 1));
  const source = new ScriptedSource('one', frames);
  let release = (): void => {};
  let writes = 0;
  const sink = {
    name: 'stalled',
    position: '',
    open(): void {},
    write: () => {
      writes++;
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    },
    close(): void {},
  };
  const stop = new AbortController();
  const options = setUp(environment, [source], new ScriptedClock({}));
  const running = runPartition(
    { ...options, outputs: { sums: { sinks: [sink] } }, batch: { frames: 100 } },
    stop.signal,
  );
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect({ writes, reads: source.reads }).toEqual({ writes: 1, reads: 1 });
  release();
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect({ writes, reads: source.reads }).toEqual({ writes: 2, reads: 2 });
  stop.abort();
  release();
  const progress = await running;
  expect(progress.processed).toBe(200); // what was in work when it was stopped is committed
});
