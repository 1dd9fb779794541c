/**
 * What the test of full disks runs: `FOLDER KIB`. The child of the crash test works in FOLDER until there is no room, and to its end when there is.
 *
 * With KIB of 0 it runs under a limit on the size of files; else FOLDER becomes a file system of so many KiB, which takes a mount namespace of
 * its own. Prints, as JSON, how the first run ended and what is wrong at the end.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDataDirectory } from '../../src/runtime/embedded/data-directory.ts';
import { ProgressTable } from '../../src/runtime/embedded/progress.ts';
import { randomSource } from '../codec/random-source.ts';
import { CrashLoad } from './crash-load.ts';
import { problemsOf } from './crash-rounds.ts';

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
const [folder = '', kibText = '0'] = process.argv.slice(2);
const kib = Number(kibText);

function mount(...options: string[]): void {
  const { status } = spawnSync('mount', [...options, folder], { stdio: 'inherit' });
  if (status !== 0) throw new Error('nothing can be mounted here');
}

function run(limited: boolean): { status: number | null; code: string } {
  const words = [process.execPath, '--import', 'tsx', child, folder, '40', 'end', 'nowhere', '1'];
  const limit = limited ? 'ulimit -f 400; ' : ''; // blocks of 512 or 1,024 bytes
  const { status, stderr } = spawnSync('sh', ['-c', `${limit}exec "$@"`, 'sh', ...words], { encoding: 'utf8' });
  return { status, code: /code: '([A-Z_]+)'/.exec(stderr)?.[1] ?? stderr.slice(0, 500) };
}

if (kib > 0) mount('-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs');
const random = randomSource(11);
const load = new CrashLoad(folder, (below) => random.integer(0, below - 1));
load.add(40);
load.finish();
const full = run(kib === 0);
const data = openDataDirectory(join(folder, 'data'), { readOnly: true });
const { processed, sinks } = new ProgressTable(data.partition(0)).get('first');
await data.close();
const lines = readFileSync(join(folder, 'sums.jsonl')).subarray(0, Number(sinks['jsonl']));
if (kib > 0) mount('-o', 'remount,size=64m');
const roomy = run(false);
const problems = roomy.status === 0 ? await problemsOf(folder, load) : [`the last run ended with ${roomy.code}`];
const isWhole = lines.length === 0 || lines.at(-1) === 10;
process.stdout.write(JSON.stringify({ full, processed, isWhole, problems }));
