import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataDirectory } from '../../src/runtime/embedded/data-directory.ts';
import { TopicReader } from '../../src/runtime/embedded/topic-reader.ts';
import { TopicStore } from '../../src/runtime/embedded/topic-store.ts';
import { BatchListener, batchesOf } from '../sinks/batch-listener.ts';
import { workFolder } from './overpunch.ts';

const { folder, environment } = workFolder();
const long = { timeout: 60_000 };
const itc = fileURLToPath(new URL('../../copybooks/itc', import.meta.url));

afterAll(() => rmSync(folder, { recursive: true }));

function sh(command: string): { stdout: string; stderr: string; status: number | null } {
  return spawnSync('bash', ['-c', command], { cwd: folder, env: environment, encoding: 'utf8' });
}

function pipeline(name: string, topics: string, more = ''): void {
  const text = `pipeline: ${name}\ncatalog: itc/catalog.yaml\ndata: ${name}\nsources: [{ capture: day.cap }]\ntopics: ${topics}\n${more}`;
  writeFileSync(join(folder, `${name}.yaml`), text);
}

/** The values of a topic as the data directory has them. */
async function kept(name: string, topic: string): Promise<string[]> {
  const data = openDataDirectory(join(folder, name), { readOnly: true });
  try {
    return Array.from({ length: data.partitions }, (_unused, partition) => {
      const reader = new TopicReader(new TopicStore(data.partition(partition)), topic);
      return reader.read(1e6).map(({ value }) => Buffer.from(value).toString());
    }).flat();
  } finally {
    await data.close();
  }
}

async function ending(child: ChildProcess): Promise<number | null> {
  return await new Promise((resolve) => child.on('close', resolve));
}

beforeAll(() => {
  cpSync(itc, join(folder, 'itc'), { recursive: true });
  sh('overpunch generate --catalog itc/catalog.yaml --seed 3 --frames 2200 --clean --quiet -o day.cap');
});

describe('standard output as a receiver', () => {
  it('gets all records of its topics, with what was counted on standard error', long, async () => {
    pipeline('out', '{ bets: { stdout: true }, payments: { stdout: true } }', 'partitions: 2\n');
    const { stdout, stderr, status } = sh('overpunch run out.yaml');
    expect(status).toBe(0);
    expect(stderr).toMatch(/^frames in 2200 = /m);
    const batches = batchesOf(stdout);
    expect(batches.map(({ text }) => text).join('')).toBe(stdout);
    for (const topic of ['bets', 'payments']) {
      const values = batches.flatMap((batch) => (batch.topic === topic ? batch.text.split('\n').slice(1, -1) : []));
      expect(values.sort()).toEqual((await kept('out', topic)).sort());
    }
    expect(sh('overpunch run out.yaml --quiet')).toMatchObject({ stdout: '', stderr: '', status: 0 });
  });

  it('may go away: the run ends well, and the next one begins with the same batch', long, async () => {
    pipeline('head', '{ bets: { stdout: true } }');
    const first = sh(`overpunch run head.yaml --quiet | head -n 1; echo \${PIPESTATUS[0]}`);
    expect(first.stderr).toBe('');
    const [line, status] = first.stdout.split('\n');
    expect(status).toBe('0');
    const { stdout } = sh('overpunch run head.yaml --quiet');
    const batches = batchesOf(stdout);
    const numbers = batches.map(({ batch }) => batch);
    expect(numbers).toEqual(numbers.map((_number, index) => (numbers[0] ?? 0) + index));
    if (numbers[0] === 1) expect(stdout.startsWith(`${line}\n`)).toBe(true); // else the pipe had taken batches before
    const seen = (await kept('head', 'bets')).slice(batches[0]?.offset);
    expect(batches.flatMap(({ text }) => text.split('\n').slice(1, -1))).toEqual(seen);
  });

  it('does not keep a run from ending at a signal when nobody reads it', long, async () => {
    pipeline('stalled', '{ frames: { stdout: true } }');
    const child = spawn('overpunch', ['run', 'stalled.yaml', '--quiet'], { cwd: folder, env: environment });
    await new Promise((resolve) => child.stdout.once('readable', resolve));
    child.kill('SIGTERM');
    const ended = new Promise((resolve) => child.on('exit', resolve));
    expect(await ended).toBe(143);
    child.stdout.destroy();
  });
});

describe('an address as a receiver', () => {
  it(
    'gets a batch again, the same bytes, when the process was killed before it heard that it had arrived',
    long,
    async () => {
      const listener = await BatchListener.open();
      try {
        pipeline('killed', `{ bets: { tcp: { connect: "${listener.address}" } } }`);
        const { answer } = listener;
        listener.answer = (batch) => (batch.batch < 2 ? answer(batch) : null);
        const child = spawn('overpunch', ['run', 'killed.yaml', '--quiet'], { cwd: folder, env: environment });
        const ended = ending(child);
        await listener.until(() => listener.arrived.length === 2);
        child.kill('SIGKILL');
        await ended;
        listener.answer = answer;
        const again = spawn('overpunch', ['run', 'killed.yaml', '--quiet'], { cwd: folder, env: environment });
        expect(await ending(again)).toBe(0);
        const { arrived } = listener;
        const numbers = arrived.map(({ batch }) => batch);
        const last = numbers.at(-1) ?? 0;
        // The third for certain, and the second, if what was heard of it was not noted yet.
        const repeated = numbers[3] ?? 0;
        expect([2, 3]).toContain(repeated);
        expect(numbers.slice(3)).toEqual(
          Array.from({ length: last - repeated + 1 }, (_unused, index) => repeated + index),
        );
        for (const { batch, text } of arrived) expect(text).toBe(arrived.findLast((one) => one.batch === batch)?.text);
        expect(listener.values('bets')).toEqual(await kept('killed', 'bets'));
      } finally {
        await listener.close();
      }
    },
  );

  it('has to be one that is meant, of a topic that is kept, and what goes with what is checked', long, () => {
    pipeline('bad', '{ bets: { tcp: { connect: "192.0.2.1:7001" } }, frames: { keep: false, stdout: true } }');
    const file = join(folder, 'bad.yaml');
    const resumed = '{ tcp: { listen: "127.0.0.1:0", resume: true }, format: bdw }';
    writeFileSync(file, readFileSync(file, 'utf8').replace('{ capture: day.cap }', resumed));
    const { stderr, status } = sh('overpunch run bad.yaml --check');
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^bad\.yaml:5:[0-9]+: PIPELINE_SCHEMA: topics\.bets\.tcp: 192\.0\.2\.1:7001 is not on this machine/m,
    );
    expect(stderr).toMatch(/PIPELINE_SCHEMA: sources\.0\.tcp has resume and listen/);
    expect(stderr).toMatch(/PIPELINE_SCHEMA: sources\.0\.tcp has resume, but frames lie in blocks/);
    expect(stderr).toMatch(/PIPELINE_SCHEMA: topics\.frames is not kept, but goes to stdout/);
  });
});
