/** What the soak watches: a pipeline in FOLDER over its spool, until SIGTERM. Prints what it came to, as JSON. */
import { join } from 'node:path';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import { runPipeline } from '../../src/pipeline.ts';
import { openDataDirectory } from '../../src/runtime/embedded/data-directory.ts';
import { jsonlFile } from '../../src/sinks/jsonl-file.ts';
import { spoolDirectory } from '../../src/sources/spool-directory.ts';

const [folder = '', catalogFile = ''] = process.argv.slice(2);
const catalog = loadCatalog(catalogFile);
const format = { format: 'capture', header: frameCheckOf(catalog) } as const;
const data = openDataDirectory(join(folder, 'data'));
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
const retention = { bytes: 16 << 20 };
const { account, balances } = await runPipeline(
  {
    pipeline: 'soak',
    catalog,
    data,
    sources: () => [spoolDirectory({ path: join(folder, 'spool'), format, follow: true })],
    outputs: () => ({
      frames: { retention },
      bets: { retention },
      cancels: { retention },
      payments: { retention },
      notices: { retention },
      expired: { retention, sinks: [jsonlFile({ path: join(folder, 'expired.jsonl') })] },
    }),
  },
  stop.signal,
);
await data.close();
process.stdout.write(JSON.stringify({ account, balances }));
