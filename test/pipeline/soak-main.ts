/**
 * Soak the durable pipeline: `MINUTES [RATE]`. Frames come at a steady rate (2,000 a second); half way through, 20 times as many for a while.
 *
 * Exit status 0 only if memory stayed flat, lag stayed small and was made up for behind the step, and each frame was counted once.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import type { PipelineSummary } from '../../src/pipeline/pipeline-summary.ts';
import { SoakLoad } from './soak-load.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const [minutes = '1', rateText = '2000'] = process.argv.slice(2);
const rate = Number(rateText);
const seconds = Number(minutes) * 60;
const stepAt = seconds / 2;
const stepLength = Math.min(15, seconds / 12);
const growth = 64 << 10; // kB
const patience = 120; // seconds to catch up at the end
const catalogFile = here('../../copybooks/itc/catalog.yaml');
const folder = mkdtempSync(join(tmpdir(), 'overpunch-soak-'));

/** Memory of the process alone, in kB: without the files that are mapped into it; null where the system does not tell. */
function memoryOf(pid: number | undefined): number | null {
  try {
    return Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
  } catch {
    return null;
  }
}

interface Sample {
  readonly at: number;
  readonly lag: number;
  readonly memory: number | null;
}

const load = new SoakLoad(folder, loadCatalog(catalogFile), rate);
load.write(10);
const child = spawn(process.execPath, ['--import', 'tsx', here('./soak-child.ts'), folder, catalogFile], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let printed = '';
child.stdout.setEncoding('utf8').on('data', (text: string) => {
  printed += text;
});
process.on('exit', () => child.kill('SIGKILL'));
const exited = once(child, 'exit');
const pause = (milliseconds: number): Promise<unknown> =>
  Promise.race([exited, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
while (load.lag() > 0 && child.exitCode === null) await pause(50);

const samples: Sample[] = [];
const start = performance.now();
const elapsed = (): number => (performance.now() - start) / 1000;
let due = 0;
let last = 0;
let caughtUp: number | null = null;
while (child.exitCode === null && elapsed() < seconds) {
  const now = elapsed();
  const inStep = now >= stepAt && now < stepAt + stepLength;
  due += (now - last) * rate * (inStep ? 20 : 1);
  last = now;
  if (due >= 1) load.write(Math.floor(due));
  due %= 1;
  const lag = load.lag();
  samples.push({ at: now, lag, memory: memoryOf(child.pid) });
  if (now > stepAt + stepLength && lag < rate) caughtUp ??= now - stepAt - stepLength;
  await pause(100);
}
for (const end = elapsed() + patience; load.lag() > 0 && elapsed() < end && child.exitCode === null; ) await pause(50);
child.kill('SIGTERM');
const [status] = await exited;
rmSync(folder, { recursive: true, force: true });

const { account, balances } = JSON.parse(printed || '{"account":{}}') as Pick<PipelineSummary, 'account' | 'balances'>;
const most = (from: number, to: number, of: (sample: Sample) => number): number =>
  Math.max(0, ...samples.filter(({ at }) => at >= from && at < to).map(of));
const memory = ({ memory }: Sample): number => memory ?? 0;
const before = most(seconds * 0.2, stepAt, memory);
const after = most(seconds * 0.85, seconds, memory);
const steadyLag = most(seconds * 0.2, stepAt, ({ lag }) => lag);
const held =
  status === 0 &&
  balances &&
  account.frames === load.sent &&
  account.quarantined === 0 &&
  account.requests.matched > 0 &&
  caughtUp !== null &&
  steadyLag < 10 * rate &&
  after < before + growth;
console.log(
  `pipeline: ${account.frames} of ${load.sent} frames at ${rate}/s and ${20 * rate}/s, lag at most ${(steadyLag / rate).toFixed(1)} s, ` +
    `${caughtUp === null ? 'never caught up' : `caught up ${caughtUp.toFixed(1)} s behind the step`} of ${(most(stepAt, seconds, ({ lag }) => lag) / rate).toFixed(0)} s, ` +
    `memory ${Math.round(before / 1024)} MB before it, ${Math.round(after / 1024)} MB at the end: ${held ? 'held' : 'FAILED'}`,
);
process.exitCode = held ? 0 : 1;
