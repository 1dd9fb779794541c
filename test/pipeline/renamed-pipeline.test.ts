import { expect, test } from 'vitest';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import { runPipeline } from '../../src/pipeline.ts';
import type { DataDirectory } from '../../src/runtime/embedded/data-directory.ts';
import { captureFile } from '../../src/sources/capture-file.ts';
import { allRecords, capture, itc, memoryData } from './flow-run.ts';

const format = { format: 'capture', header: frameCheckOf(itc) } as const;
const { path } = capture({ frames: 150, malformed: 0, noise: 0 });

function run(pipeline: string, data: DataDirectory, kept: boolean): Promise<unknown> {
  const names = ['frames', 'bets', 'cancels', 'payments', 'redemptions'];
  const outputs = Object.fromEntries(names.map((topic) => [topic, { keep: kept }]));
  return runPipeline(
    { pipeline, catalog: itc, data, sources: () => [captureFile({ path, format })], outputs: () => outputs },
    new AbortController().signal,
  );
}

test('a pipeline of another name does not write the topics of one again', async () => {
  const data = memoryData(2);
  await run('first', data, true);
  const before = allRecords(data);
  await expect(run('renamed', data, true)).rejects.toMatchObject({
    code: 'STATE_INCOMPATIBLE',
    message: expect.stringMatching(/the topic (frames|bets), which the pipeline first writes/),
    hint: expect.stringContaining('call it first again'),
  });
  expect(allRecords(data)).toEqual(before);
  await run('first', data, true);
  expect(allRecords(data)).toEqual(before);
  await run('other', data, false); // what else it keeps, several may write
  for (const topic of ['frames', 'bets']) expect(allRecords(data).get(topic)).toEqual(before.get(topic));
});
