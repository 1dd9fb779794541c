/**
 * Run for long what `npm test` runs for short: `npm run soak -- --minutes N` (default 10).
 *
 * First 2 GiB go through `overpunch decode -`, which must account for every byte and stay below 150 MB of resident memory
 * (read from /proc, so on Linux only; elsewhere that is said). For half of the minutes random and changed frames then go through all that
 * reads frames, each in every way there is. For a quarter random records of random copybooks go through the compiled decoder and the
 * reference decoder, which must agree. A sink then stalls for up to a minute under a siege of
 * connections. For half of what is left the durable pipeline runs at a steady rate and, for a while, at 20 times that: with flat memory and
 * lag, and nothing lost. For the rest the property tests run again and again, each time with new random seeds. Exit status 0 only if
 * everything held. `--pipeline` runs the durable pipeline alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const streamBytes = 2 * 1024 ** 3;
const memoryLimit = 150_000; // kB
const propertyTests = [
  'test/bytes',
  'test/ebcdic',
  'test/copybook',
  'test/codec',
  'test/frames',
  'test/cli/decode-run',
];

/** The most resident memory a process has had, in kB; null where the system does not tell. */
function peakMemory(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
  } catch {
    return null;
  }
}

/** Send 2 GiB of the sample through the command; whether it came out whole and in bounds. */
async function soakStream() {
  const sample = readFileSync(`${root}fixtures/samples/bet-slips.bin`);
  const chunk = Buffer.concat(Array.from({ length: 750 }, () => sample));
  const options = ['--copybook', 'copybooks/samples/bet-slips.cpy', '--format', 'rdw', '--codepage', '1147', '--quiet'];
  const views = ['--view', 'BET-TYPE:W,P=SINGLE-BET', '--view', 'BET-TYPE:T,Q=COMBINED-BET'];
  const child = spawn(process.execPath, ['bin/overpunch.js', 'decode', '-', ...options, ...views], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let lines = 0;
  child.stdout.on('data', (data) => {
    for (let at = data.indexOf(10); at >= 0; at = data.indexOf(10, at + 1)) lines++;
  });
  const exited = once(child, 'exit');
  let peak = 0;
  const rounds = Math.ceil(streamBytes / chunk.length);
  for (let round = 0; round < rounds && child.exitCode === null; round++) {
    if (!child.stdin.write(chunk)) await Promise.race([once(child.stdin, 'drain'), exited]);
    peak = Math.max(peak, peakMemory(child.pid) ?? 0);
  }
  child.stdin.end();
  const [status] = await exited;
  const expected = rounds * 750 * 12; // records of the sample
  const memory = peak === 0 ? 'resident memory not measured on this system' : `at most ${peak} kB resident`;
  console.log(
    `stream: ${rounds * chunk.length} bytes, ${lines} of ${expected} records, exit status ${status}, ${memory}`,
  );
  return status === 0 && lines === expected && peak <= memoryLimit;
}

/** One round of the property tests with new seeds. */
function soakProperties() {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', ...propertyTests];
  return spawnSync(process.execPath, vitest, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** Run a program that soaks for so many minutes and says what it tried. */
function soakWith(program, minutes) {
  const command = ['--import', 'tsx', program, String(minutes)];
  return spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' }).status === 0;
}

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, pipeline: { type: 'boolean', default: false } },
});
const deadline = Date.now() + Number(values.minutes) * 60_000;
for (const script of ['ensure-installed.js', 'build.js']) {
  const { status } = spawnSync(process.execPath, [`scripts/${script}`], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
if (values.pipeline) process.exit(soakWith('test/pipeline/soak-main.ts', Number(values.minutes)) ? 0 : 1);
const left = () => Math.max(0, deadline - Date.now()) / 60_000;
let held = (await soakStream()) && soakWith('test/frames/soak-main.ts', left() / 2);
held &&= soakWith('test/codec/compiled/soak-main.ts', left() / 2);
held &&= soakWith('test/sources/stall-main.ts', Math.min(1, left()));
held &&= soakWith('test/pipeline/soak-main.ts', Math.max(0.5, left() / 2));
let rounds = 0;
while (held && Date.now() < deadline) {
  held = soakProperties();
  rounds++;
}
console.log(`soak: ${held ? 'held' : 'FAILED'} after ${rounds} rounds of the property tests`);
process.exitCode = held ? 0 : 1;
