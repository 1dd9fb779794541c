import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtures, workFolder } from './overpunch.ts';

const { folder, environment } = workFolder();
const out = join(folder, 'out');
const big = join(folder, 'big.dat');
const views = '-c stock.cpy --view REC-TYPE:T=TEXT-DETAIL --view REC-TYPE:P=PRICE-DETAIL';
const long = { timeout: 60_000 };

const stock = Buffer.concat(Array.from({ length: 50_000 }, () => readFileSync(join(fixtures, 'stock.dat'))));
for (let at = 5; at < stock.length; at += 99_991) stock[at] = 0xff;
writeFileSync(big, stock.subarray(0, stock.length - 5));

beforeEach(() => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Shown {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: unknown;
}

/** All that a command shows, but how long it took. */
async function sh(command: string): Promise<Shown> {
  const child = spawn('bash', ['-c', command], {
    cwd: fixtures,
    env: { ...environment, OUT: out, BIG: big },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { stdout, stderr: stderr.replace(/in [0-9.]+ s, [0-9.]+ MB\/s/g, 'in N s, N MB/s'), status };
}

describe('decode --workers', () => {
  it.each([
    'decode stock-bad.dat $BIG VIEWS --quarantine $OUT/bad.jsonl; cat $OUT/bad.jsonl',
    'decode $BIG VIEWS -o $OUT/lines.jsonl; md5sum $OUT/lines.jsonl',
    'decode $BIG VIEWS --verbose >$OUT/lines.jsonl; md5sum $OUT/lines.jsonl',
    'decode $BIG VIEWS --quiet | head -1; echo $PIPESTATUS',
    'decode $BIG VIEWS -o /dev/full 2>&1 | tail -1; echo $PIPESTATUS',
    'decode $BIG VIEWS 2>&1 >/dev/full | tail -1; echo $PIPESTATUS',
    'decode $BIG VIEWS -o $OUT/lines.jsonl --quarantine /dev/full; ls $OUT',
  ])('shows what one worker does: %s', long, async (command) => {
    const line = `overpunch ${command.replace('VIEWS', `${views} WORKERS`)}`;
    const expected = await sh(line.replace('WORKERS', ''));
    expect(await sh(line.replace('WORKERS', '--workers 3'))).toEqual(expected);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at %s with status %i and leaves no temporary file', long, async (signal, status) => {
    const zeros = join(folder, 'zeros.dat');
    writeFileSync(zeros, '');
    truncateSync(zeros, 2 ** 30); // it takes minutes, and no room
    const args = ['decode', zeros, ...views.split(' '), '--workers', '2', '--quiet', '-o', join(out, 'result.jsonl')];
    const child = spawn('overpunch', args, { cwd: fixtures, env: environment, stdio: 'ignore' });
    while (readdirSync(out).length < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 200)); // until the workers are at it
    child.kill(signal);
    expect((await once(child, 'exit'))[0]).toBe(status);
    expect(readdirSync(out)).toEqual([]);
  });

  it.each([
    ['stock.dat VIEWS', 'the inputs are too small'],
    ['- VIEWS <stock.dat', 'no input is a file'],
    ['$BIG VIEWS --limit 1', '--limit is given'],
    ['$BIG VIEWS --limit 0', '--limit is given'],
    ['$BIG VIEWS --strict', '--strict is given'],
    ['$BIG VIEWS --engine reference --limit 1', '--engine reference is given'],
    ['$BIG VIEWS --to csv --limit 1', '--to csv is given'],
    ['$BIG VIEWS --format text --limit 1', '--format text is given'],
    ['$BIG VIEWS --max-errors 1', '--max-errors is given'],
    ['till.cap --catalog till/catalog.yaml', '--catalog is given'],
  ])('does as one where %s: %s', long, async (options, reason) => {
    const line = `overpunch decode ${options.replace('VIEWS', views)} -o $OUT/x --verbose --workers`;
    const one = await sh(`${line} 1`);
    const several = await sh(`${line} 99`);
    expect(several).toEqual({ ...one, stderr: `decoded by one worker, not 99: ${reason}\n${one.stderr}` });
  });

  it.each(['0', '-1', 'two', '1.5', ''])('refuses %j workers', long, (workers) => {
    const { status, stderr } = spawnSync(
      'overpunch',
      ['decode', 'stock.dat', '-c', 'stock.cpy', `--workers=${workers}`],
      {
        cwd: fixtures,
        env: environment,
        encoding: 'utf8',
      },
    );
    expect({ status, refused: stderr.includes('--workers takes a whole number from 1 up') }).toEqual({
      status: 2,
      refused: true,
    });
  });
});
