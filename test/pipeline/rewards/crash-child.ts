/**
 * What the crash test kills: `CATALOG FOLDER DIRECTORY COMMITS`. It kills itself inside of that many commits, behind the part of the flow and in front of
 * that of the rewards.
 */
import { openDataDirectory } from '../../../src/runtime/embedded/data-directory.ts';
import { loadCatalog, runBetting } from './betting-run.ts';

const [catalogFile = '', folder = '', directory = '', commits = ''] = process.argv.slice(2);
const data = openDataDirectory(directory);
let left = Number(commits);

const onSave = (): void => {
  if (--left === 0) process.kill(process.pid, 'SIGKILL');
};
await runBetting(folder, loadCatalog(catalogFile), data, undefined, undefined, { onSave });
await data.close();
