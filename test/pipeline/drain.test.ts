import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import type { PipelineSummary } from '../../src/pipeline/pipeline-summary.ts';
import { drainPipeline, type RunOptions, runPipeline } from '../../src/pipeline.ts';
import { type DataDirectory, openDataDirectory, openToDrain } from '../../src/runtime/embedded/data-directory.ts';
import { ProgressTable } from '../../src/runtime/embedded/progress.ts';
import { jsonlFile } from '../../src/sinks/jsonl-file.ts';
import { captureFile } from '../../src/sources/capture-file.ts';
import type { Source } from '../../src/streams/source.ts';
import { allRecords, capture, folder, itc } from './flow-run.ts';

const format = { format: 'capture', header: frameCheckOf(itc) } as const;
const faults = { late: 0.02, missing: 0.05, orphans: 0.03, retransmissions: 0.02 };
const unmatched = ({ account }: PipelineSummary): number => account.requests.unmatched + account.responses.unmatched;
const openOf = ({ account }: PipelineSummary): number => account.requests.open + account.responses.open;
let directories = 0;

/** A capture file that never ends, of which a run reads so many frames and is stopped then. */
function stopping(path: string, name: string, frames: number, stop: AbortController): Source {
  const source = captureFile({ path, name, format, follow: true });
  const read = source.read.bind(source);
  let left = frames;
  source.read = (limit) => {
    const taken = left === 0 ? null : read({ ...limit, frames: Math.min(limit.frames, left) });
    left -= taken?.frames.length ?? 0;
    if (left === 0 || taken === null) stop.abort();
    return taken;
  };
  return source;
}

interface Life {
  readonly path: string;
  readonly file: string;
  readonly name?: string;
  readonly partitions?: number;
  readonly catalog?: string;
  readonly correlation?: RunOptions['correlation'];
  /** Write pairs to files of this name and the partition, without one where there is one. */
  readonly jsonl?: string;
  /** Stop after so many frames; else at the end. */
  readonly frames?: number;
}

function optionsOf({ file, name = 'capture', correlation, jsonl }: Life, data: DataDirectory): RunOptions {
  const sources = (): Source[] => [captureFile({ path: file, name, format })];
  const outputs: RunOptions['outputs'] = (partition) => {
    if (jsonl === undefined) return {};
    return {
      frames: { sinks: [jsonlFile({ path: data.partitions === 1 ? jsonl : `${jsonl}.${partition}`, name: 'pairs' })] },
    };
  };
  return { pipeline: 'test', catalog: itc, data, correlation, sources, outputs };
}

/** Run it for a while, and look at its topics afterwards. */
async function run(life: Life): Promise<{ summary: PipelineSummary; topics: ReadonlyMap<string, readonly string[]> }> {
  const { path, file, name = 'capture', partitions = 1, catalog = 'first', frames } = life;
  const data = openDataDirectory(path, { partitions, hashes: { catalog } });
  try {
    const stop = new AbortController();
    const sources = (): Source[] => [stopping(file, name, frames ?? 0, stop)];
    const options = { ...optionsOf(life, data), ...(frames === undefined ? {} : { sources }) };
    const summary = await runPipeline(options, stop.signal);
    return { summary, topics: allRecords(data) };
  } finally {
    await data.close();
  }
}

async function drain(
  life: Life,
): Promise<{ summary: PipelineSummary; topics: ReadonlyMap<string, readonly string[]> }> {
  const { path, partitions, catalog = 'first' } = life;
  const data = openToDrain(path);
  try {
    const summary = await drainPipeline({ ...optionsOf(life, data), data, partitions, hashes: { catalog } });
    return { summary, topics: allRecords(data) };
  } finally {
    await data.close();
  }
}

function newPlace(frames: number): { path: string; file: string } {
  const { path: file } = capture({ frames, malformed: 0, noise: 0, ...faults });
  return { path: join(folder, `drained-${directories++}`), file };
}

describe('a data directory that is drained', () => {
  test.each<[string, Partial<Life>]>([
    ['another catalog', { catalog: 'second' }],
    ['another window', { correlation: { after: 50, grace: 0, policy: 'last' } }],
  ])('closes what is open as it was when it opened, and goes on with %s', async (_what, other) => {
    const place = newPlace(300);
    const first = await run({ ...place, frames: 170 });
    expect(openOf(first.summary)).toBeGreaterThan(0);
    await expect(run({ ...place, ...other })).rejects.toMatchObject({
      code: 'STATE_INCOMPATIBLE',
      hint: expect.stringContaining('--drain'),
    });
    const { summary, topics } = await drain({ ...place, ...other });
    expect(openOf(summary)).toBe(0);
    expect(summary.balances).toBe(true);
    expect(summary.account.frames).toBe(170);
    expect(summary.account.requests.matched).toBe(first.summary.account.requests.matched);
    expect(unmatched(summary)).toBe(unmatched(first.summary) + openOf(first.summary));
    const lines = (topics.get('expired') ?? []).length + (topics.get('orphans') ?? []).length;
    expect(lines).toBe(unmatched(summary));

    const again = await drain({ ...place, ...other });
    expect(again.summary).toEqual(summary);
    expect(again.topics).toEqual(topics);

    const last = await run({ ...place, ...other });
    expect(last.summary.balances).toBe(true);
    expect(last.summary.account.frames).toBe(300);
    expect(openOf(last.summary)).toBe(0);
    const kept = last.topics.get('frames')?.slice(0, topics.get('frames')?.length);
    expect(kept).toEqual(topics.get('frames'));
    expect(last.topics.get('frames')?.length).toBe(last.summary.records.get('frames'));
  });

  test('gets more partitions where the pipeline has read its input, and each frame is still there once', async () => {
    const place = newPlace(200);
    const { path: more } = capture({ frames: 150, seed: 7, malformed: 0, noise: 0 });
    const lines = { ...place, jsonl: join(folder, `lines-${directories}`) };
    const first = await run(lines);
    await expect(run({ ...place, partitions: 3 })).rejects.toMatchObject({ code: 'STATE_INCOMPATIBLE' });
    const { summary } = await drain({ ...place, partitions: 3 });
    expect(summary.account).toEqual(first.summary.account);
    appendFileSync(place.file, readFileSync(more));
    const last = await run({ ...lines, partitions: 3 });
    const alone = await run({ path: `${place.path}-alone`, file: more });
    const total = (topic: string): number => {
      return (first.summary.records.get(topic) ?? 0) + (alone.summary.records.get(topic) ?? 0);
    };
    expect(last.summary.account.frames).toBe(350);
    expect(last.summary.balances).toBe(true);
    for (const topic of ['frames', 'bets']) expect(last.summary.records.get(topic)).toBe(total(topic));
    const written = [lines.jsonl, ...[0, 1, 2].map((partition) => `${lines.jsonl}.${partition}`)].flatMap((path) => {
      return readFileSync(path, 'utf8').split('\n').slice(0, -1);
    });
    expect(written).toHaveLength(total('frames'));
    expect(last.topics.get('frames')).toEqual(
      expect.arrayContaining([...(first.topics.get('frames') ?? []), ...(alone.topics.get('frames') ?? [])]),
    );
  });

  test('is left as it is where its partitions stand at different places, and cannot have fewer of them', async () => {
    const place = newPlace(100);
    await run({ ...place, partitions: 2 });
    const fewer = { code: 'STATE_INCOMPATIBLE', message: expect.stringContaining('2 partitions cannot become 1') };
    await expect(drain({ ...place, partitions: 1 })).rejects.toMatchObject(fewer);
    const data = openToDrain(place.path);
    const progress = new ProgressTable(data.partition(1));
    const before = progress.get('test');
    const inputs = before.inputs.map((input) => ({ ...input, position: 'elsewhere' }));
    data.partition(1).commit(() => progress.put('test', { ...before, inputs }));
    await data.close();
    await expect(drain({ ...place, partitions: 3 })).rejects.toThrow(/stand at different places/);
    expect(openOf((await drain({ ...place, partitions: 2 })).summary)).toBe(0);
  });

  test('is refused where a crash left entries that only its former catalog can read', async () => {
    const place = newPlace(100);
    await run({ ...place, frames: 60 });
    const data = openToDrain(place.path);
    const progress = new ProgressTable(data.partition(0));
    const before = progress.get('test');
    data.partition(0).commit(() => progress.put('test', { ...before, processed: before.processed - 1 }));
    await data.close();
    await expect(drain({ ...place, catalog: 'second' })).rejects.toThrow(/written with another catalog/);
  });

  test('may have other inputs: those that are new are read from their beginning', async () => {
    const place = newPlace(100);
    const { path: other } = capture({ frames: 80, seed: 5, malformed: 0, noise: 0 });
    await run(place);
    const renamed = { ...place, file: other, name: 'other' };
    await expect(run(renamed)).rejects.toMatchObject({ hint: expect.stringContaining('--drain') });
    await drain(renamed);
    const { summary } = await run(renamed);
    expect(summary.account.frames).toBe(180);
    expect(summary.balances).toBe(true);
  });

  test('stays with its catalog until all of its pipelines are drained', async () => {
    const place = newPlace(100);
    await run(place);
    const data = openToDrain(place.path);
    const sources = (): Source[] => [captureFile({ path: place.file, name: 'capture', format })];
    const kept = ['frames', 'bets', 'payments', 'cancels', 'redemptions'].map((topic) => [topic, { keep: false }]);
    const outputs = (): Record<string, { keep: boolean }> => Object.fromEntries(kept); // those are of the first one
    const second = { pipeline: 'second', catalog: itc, data, sources, outputs };
    await runPipeline(second, new AbortController().signal);
    const first = await drainPipeline({ ...optionsOf(place, data), data });
    expect(first.waiting).toEqual(['second']);
    await data.close();
    await expect(run({ ...place, catalog: 'other' })).rejects.toThrow(/another catalog/);
    const again = openToDrain(place.path);
    expect((await drainPipeline({ ...second, data: again })).waiting).toEqual([]);
    await again.close();
    expect((await run({ ...place, catalog: 'other' })).summary.account.frames).toBe(100);
  });
});
