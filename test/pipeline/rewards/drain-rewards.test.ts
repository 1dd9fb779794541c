import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { frameCheckOf } from '../../../src/frames/header/frame-check-of.ts';
import { drainPipeline, type RunOptions, runPipeline } from '../../../src/pipeline.ts';
import { type DataDirectory, openDataDirectory, openToDrain } from '../../../src/runtime/embedded/data-directory.ts';
import { captureFile } from '../../../src/sources/capture-file.ts';
import type { Source } from '../../../src/streams/source.ts';
import { allRecords, folder as base, itc, records } from '../flow-run.ts';
import { files, settingsOf, writeBetting } from './betting-run.ts';

const campaigns = `
campaigns: test
version: 1
timeZone: Europe/Paris
list:
  - { id: half, share: 50%, pool: large }
  - { id: watched, shadow: true, pool: large }
`;
const format = { format: 'capture', header: frameCheckOf(itc) } as const;

/** The capture, of which a run reads so many frames and is stopped then. */
function stopping(path: string, frames: number, stop: AbortController): Source {
  const source = captureFile({ path, format, name: 'capture', follow: true });
  const read = source.read.bind(source);
  let left = frames;
  source.read = (limit) => {
    const taken = left === 0 ? null : read({ ...limit, frames: Math.min(limit.frames, left, 100) });
    left -= taken?.frames.length ?? 0;
    if (left === 0) stop.abort();
    return taken;
  };
  return source;
}

function optionsOf(folder: string, data: DataDirectory): RunOptions {
  const sources = (): Source[] => [captureFile({ path: join(folder, files.capture), format, name: 'capture' })];
  return { pipeline: 'test', catalog: itc, data, sources, rewards: { settings: settingsOf(folder), now: null } };
}

async function run(folder: string, name: string, catalog: string, frames?: number): Promise<DataDirectory> {
  const data = openDataDirectory(join(folder, name), { partitions: 1, hashes: { catalog } });
  const stop = new AbortController();
  const options = optionsOf(folder, data);
  const sources = (): Source[] => [stopping(join(folder, files.capture), frames ?? 0, stop)];
  await runPipeline(frames === undefined ? options : { ...options, sources }, stop.signal);
  return data;
}

const rewardTopics = ['rewards', 'cancelled-coupons', 'decisions'];

describe('rewards in a data directory that is drained', () => {
  test('decide what they had not decided yet, keep their state, and go on with another catalog', async () => {
    const folder = mkdtempSync(join(base, 'drain-rewards-'));
    writeBetting(folder, itc, campaigns, 900);
    await (await run(folder, 'data', 'first', 450)).close();
    const drained = openToDrain(join(folder, 'data'));
    const options = optionsOf(folder, drained);
    const summary = await drainPipeline({ ...options, data: drained, partitions: 1, hashes: { catalog: 'second' } });
    expect(summary.rewards?.broken).toEqual([]);
    const before = allRecords(drained);
    const bets = records(drained, 'bets').length + records(drained, 'cancels').length;
    expect(records(drained, 'decisions')).toHaveLength(bets);
    await drained.close();

    const again = openToDrain(join(folder, 'data'));
    await drainPipeline({ ...optionsOf(folder, again), data: again });
    expect(allRecords(again)).toEqual(before);
    await again.close();

    const last = await run(folder, 'data', 'third');
    const decided = records(last, 'decisions');
    expect(decided).toHaveLength(records(last, 'bets').length + records(last, 'cancels').length);
    expect(decided.length).toBeGreaterThan(bets);
    for (const topic of rewardTopics) {
      expect(records(last, topic).slice(0, before.get(topic)?.length)).toEqual(before.get(topic));
    }
    const coupons = records(last, 'rewards').map(
      (line) => (JSON.parse(line.slice(line.indexOf('{'))) as { coupon: string }).coupon,
    );
    expect(new Set(coupons).size).toBe(coupons.length);
    await last.close();
  });

  test('keep their partitions, and that is said before anything is closed', async () => {
    const folder = mkdtempSync(join(base, 'drain-rewards-'));
    writeBetting(folder, itc, campaigns, 100);
    await (await run(folder, 'data', 'first')).close();
    const data = openToDrain(join(folder, 'data'));
    const before = allRecords(data);
    const draining = drainPipeline({ ...optionsOf(folder, data), data, partitions: 2 });
    await expect(draining).rejects.toMatchObject({
      code: 'STATE_INCOMPATIBLE',
      message: expect.stringContaining('is kept by one partition'),
      hint: expect.stringContaining('keep the partitions'),
    });
    expect(allRecords(data)).toEqual(before);
    await data.close();
  });
});
