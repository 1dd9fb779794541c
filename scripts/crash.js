/**
 * Kill the embedded runtime under load and compare with an uninterrupted run: `npm run crash -- --rounds N` (default 200).
 *
 * `test/runtime/crash-rounds.ts` says where it is killed and what is compared. Exit status 0 only if nothing was lost, doubled or changed.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' }, seed: { type: 'string' } } });
const installed = spawnSync(process.execPath, ['scripts/ensure-installed.js'], { cwd: root, stdio: 'inherit' });
if (installed.status !== 0) process.exit(installed.status ?? 1);
const seed = values.seed === undefined ? [] : [values.seed];
const program = ['--import', 'tsx', 'test/runtime/crash-main.ts', values.rounds, ...seed];
process.exitCode = spawnSync(process.execPath, program, { cwd: root, stdio: 'inherit' }).status ?? 1;
