/** What the crash test kills: `CATALOG FOLDER DIRECTORY WRITES`. It kills itself when so many batches of decisions were written. */
import { openDataDirectory } from '../../../src/runtime/embedded/data-directory.ts';
import type { Sink } from '../../../src/streams/sink.ts';
import { loadCatalog, runBetting } from './betting-run.ts';

const [catalogFile = '', folder = '', directory = '', writes = ''] = process.argv.slice(2);
const data = openDataDirectory(directory);
let left = Number(writes);

const killer: Sink = {
  name: 'killer',
  position: '',
  open: () => undefined,
  write() {
    if (--left === 0) process.kill(process.pid, 'SIGKILL'); // after the batch was processed, before it is committed
  },
  close: () => undefined,
};
await runBetting(folder, loadCatalog(catalogFile), data, { decisions: { sinks: [killer] } });
await data.close();
