/** What the crash test kills: `CATALOG CAPTURE DIRECTORY COMMITS`. It kills itself after so many commits that took frames in, if ever. */
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import { runPipeline } from '../../src/pipeline.ts';
import { openDataDirectory } from '../../src/runtime/embedded/data-directory.ts';
import { captureFile } from '../../src/sources/capture-file.ts';
import { inSequence } from '../../src/sources/in-sequence.ts';
import type { ReadLimit, Source } from '../../src/streams/source.ts';

const [catalogFile = '', path = '', directory = '', commits = ''] = process.argv.slice(2);
const catalog = loadCatalog(catalogFile);
const data = openDataDirectory(directory);
let left = Number(commits);

/** Batches of at most 170 frames, so that there are many commits. */
function inSmallParts(source: Source): Source {
  const read = source.read.bind(source);
  let pauses = false;
  source.read = (limit: ReadLimit) => {
    pauses = !pauses;
    return pauses ? read({ ...limit, frames: Math.min(limit.frames, 170) }) : null;
  };
  return source;
}

const format = { format: 'capture', header: frameCheckOf(catalog) } as const;
await runPipeline(
  {
    pipeline: 'test',
    catalog,
    data,
    sources: () => [inSmallParts(inSequence('capture', [captureFile({ path, format })]))],
    onFrames(count) {
      if (count > 0 && --left === 0) process.kill(process.pid, 'SIGKILL');
    },
  },
  new AbortController().signal,
);
await data.close();
