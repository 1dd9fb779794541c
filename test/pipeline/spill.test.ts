import { join } from 'node:path';
import { expect, test } from 'vitest';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import { type CorrelationOverride, runPipeline } from '../../src/pipeline.ts';
import { openDataDirectory } from '../../src/runtime/embedded/data-directory.ts';
import { captureFile } from '../../src/sources/capture-file.ts';
import type { Source } from '../../src/streams/source.ts';
import { allRecords, capture, folder, itc } from './flow-run.ts';

const format = { format: 'capture', header: frameCheckOf(itc) } as const;

/** What all topics hold after a capture went through in batches of so many frames, with a restart in the middle. */
async function topicsOf(
  file: string,
  name: string,
  frames: number,
  correlation: CorrelationOverride,
): Promise<unknown> {
  const path = join(folder, name);
  for (const mostReads of [7, Number.POSITIVE_INFINITY]) {
    const data = openDataDirectory(path);
    const stop = new AbortController();
    const sources = (): Source[] => {
      const source = captureFile({ path: file, name: 'capture', format });
      const read = source.read.bind(source);
      let reads = 0;
      let pauses = false;
      source.read = (limit) => {
        if (++reads > 2 * mostReads) stop.abort();
        pauses = !pauses;
        return pauses && !stop.signal.aborted ? read({ ...limit, frames: Math.min(limit.frames, frames) }) : null;
      };
      return [source];
    };
    await runPipeline({ pipeline: 'test', catalog: itc, data, sources, correlation }, stop.signal);
    const topics = allRecords(data);
    await data.close();
    if (mostReads > 7) return topics;
  }
  return null;
}

test.each<[string, CorrelationOverride]>([
  ['nothing is rejected', {}],
  ['few bytes may be open', { maxOpenBytes: 2500 }],
])('open frames that memory has no room for come from disk, and topics are the same, where %s', async (what, caps) => {
  const { path } = capture({ frames: 300, malformed: 0, noise: 0, missing: 0.1, late: 0.05, duplicates: 0.05 });
  const whole = await topicsOf(path, `whole ${what}`, 1000, caps);
  expect(await topicsOf(path, `spilled ${what}`, 5, { ...caps, maxMemory: 1 })).toEqual(whole);
});
