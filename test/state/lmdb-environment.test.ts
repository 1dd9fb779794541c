import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { open as openLmdb } from 'lmdb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OverpunchError } from '../../src/errors.ts';
import type { Environment } from '../../src/state/environment.ts';
import { openLmdbEnvironment } from '../../src/state/open-lmdb-environment.ts';
import { root } from '../house/tracked-files.ts';
import { newFolder, removeFolder } from './environment-places.ts';

let folder = '';
const started: ChildProcess[] = [];

beforeEach(() => {
  folder = newFolder();
});

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await removeFolder(folder);
});

/** Start a process of its own, under a limit on the size of its files where `blocks` of 512 or 1,024 bytes are given. */
function start(task: string, blocks?: number): ChildProcess {
  const words = [process.execPath, '--import', 'tsx', 'test/state/state-process.ts', task, folder];
  const limit = blocks === undefined ? '' : `ulimit -f ${blocks}; `;
  const child = spawn('sh', ['-c', `${limit}exec "$@"`, 'sh', ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  return child;
}

/** Wait for lines of a process until there are `count` of them or it ends; then go on collecting. */
async function lines(child: ChildProcess, count: number): Promise<() => string[]> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  const all = (): string[] => text.split('\n').slice(0, -1);
  const ended = once(child, 'close').then(() => true);
  while (all().length < count) {
    const again = once(child.stdout ?? child, 'data').then(() => false);
    if (await Promise.race([ended, again])) break;
  }
  return all;
}

async function kill(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof OverpunchError) return error.code;
    throw error;
  }
  return 'none';
}

/** Fill a table so that its tree has branches, leaves and long values. */
function fill(environment: Environment): void {
  const table = environment.table('filled');
  environment.commit(() => {
    for (let index = 0; index < 600; index++) {
      table.put(Buffer.from(`key ${index}`), new Uint8Array(index % 50 === 0 ? 9000 : 60).fill(index));
    }
  });
}

/** The number of the last commit: all entries of both tables say so, or it is no whole one. */
function wholeBatch(environment: Environment): number {
  const values = ['one', 'two'].flatMap((name) => {
    const numbered = [...environment.table(name).range()].filter(({ key }) => key.length === 1);
    return numbered.map(({ value }) => Buffer.from(value).toString('hex'));
  });
  expect(values.length).toBe(100);
  expect(new Set(values).size).toBe(1);
  return Number.parseInt(Buffer.from(values[0] ?? '', 'hex').toString('latin1'), 10);
}

describe('a folder of state', () => {
  test('is for its owner alone', async () => {
    await openLmdbEnvironment(folder).close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of ['data.mdb', 'lock.mdb', 'writer/data.mdb']) {
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
    }
  });

  test('has one writer among all processes, and a killed one locks nobody out', async () => {
    const child = start('hold');
    await lines(child, 1);
    expect(codeOf(() => openLmdbEnvironment(folder))).toBe('STATE_LOCKED');
    expect(codeOf(() => openLmdbEnvironment(folder))).toBe('STATE_LOCKED');
    await openLmdbEnvironment(folder, { readOnly: true }).close();
    await kill(child);
    const environment = openLmdbEnvironment(folder);
    await environment.close();
  });

  test('forgets readers that were killed, which would keep old pages alive', async () => {
    await openLmdbEnvironment(folder).close();
    const child = start('read');
    await lines(child, 1);
    await kill(child);
    const environment = openLmdbEnvironment(folder);
    const list = openLmdb(`${folder}/`, { noSubdir: false, readOnly: true, encoding: 'binary' });
    expect(list.readerList()).not.toContain(` ${child.pid} `);
    await list.close();
    await environment.close();
  });

  test('has only whole commits after its writer was killed, and all of which it was said', async () => {
    for (let round = 1; round <= 2; round++) {
      const child = start(round === 1 ? 'commit' : 'submit');
      const committed = await lines(child, 5 * round);
      await kill(child);
      const environment = openLmdbEnvironment(folder);
      expect(wholeBatch(environment)).toBeGreaterThanOrEqual(Number(committed().at(-1)));
      await environment.close();
    }
  });

  test('says that the disk is full, keeps all before, and goes on when there is room', async () => {
    const child = start('fill', 4000);
    const said = (await lines(child, Number.POSITIVE_INFINITY))();
    expect(said.at(-1)).toBe('STATE_FULL');
    const environment = openLmdbEnvironment(folder);
    expect(wholeBatch(environment)).toBe(Number(said.at(-2)));
    fill(environment);
    await environment.close();
  });

  test('keeps nothing of what was submitted when the disk is full, nor of what was submitted behind it', async () => {
    const said = (await lines(start('fill-behind', 4000), Number.POSITIVE_INFINITY))();
    expect(said.at(-1)).toBe('STATE_FULL');
    expect(said.at(-2)).toBe(said.at(-3));
    const environment = openLmdbEnvironment(folder);
    expect(wholeBatch(environment)).toBe(Number(said.at(-3)));
    await environment.close();
  });

  test('is refused where it may not be written to', async () => {
    await openLmdbEnvironment(folder).close();
    chmodSync(join(folder, '..'), 0o755);
    for (const name of ['', 'data.mdb', 'lock.mdb', 'writer', 'writer/data.mdb', 'writer/lock.mdb']) {
      chmodSync(join(folder, name), name.includes('.') ? 0o444 : 0o555);
    }
    const isRoot = process.geteuid?.() === 0; // whom no mode keeps out
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(codeOf(() => openLmdbEnvironment(folder))).toBe('STATE_READ_ONLY');
      expect(codeOf(() => openLmdbEnvironment(join(folder, 'inner')))).toBe('STATE_READ_ONLY');
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(folder, 0o755);
      chmodSync(join(folder, 'writer'), 0o755);
    }
  });

  test('must be there to be read, and is not made then', () => {
    expect(codeOf(() => openLmdbEnvironment(folder, { readOnly: true }))).toBe('STATE_GONE');
    expect(existsSync(folder)).toBe(false);
    writeFileSync(folder, 'a file');
    expect(codeOf(() => openLmdbEnvironment(folder, { readOnly: true }))).toBe('STATE_GONE');
    expect(codeOf(() => openLmdbEnvironment(folder))).toBe('STATE_GONE');
  });

  test.each([
    ['removed', () => rmSync(folder, { recursive: true }), 'STATE_GONE'],
    ['cut', () => truncateSync(join(folder, 'data.mdb'), 8192), 'STATE_CORRUPT'],
  ])('that was %s while it was open takes no commit', async (_, harm, code) => {
    const environment = openLmdbEnvironment(folder);
    const table = environment.table('one');
    fill(environment);
    const put = (): void => environment.commit(() => table.put(Uint8Array.of(1), Uint8Array.of(1)));
    put();
    harm();
    expect(codeOf(put)).toBe(code);
    expect(codeOf(put)).toBe(code);
    await environment.close();
  });

  test.each([
    ['text', () => Buffer.from('This is no state, but somebody put it there.\n'.repeat(300))],
    ['zeros', () => Buffer.alloc(20_000)],
    ['a few bytes', () => Buffer.from('x')],
  ])('whose file is %s is refused', (_, content) => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'data.mdb'), content());
    expect(codeOf(() => openLmdbEnvironment(folder))).toBe('STATE_CORRUPT');
    expect(codeOf(() => openLmdbEnvironment(folder, { readOnly: true }))).toBe('STATE_CORRUPT');
  });

  test('of which a key is out of order is refused: it would hide others', async () => {
    const made = openLmdbEnvironment(folder);
    const table = made.table('filled');
    made.commit(() => {
      for (let key = 0; key < 40; key++) table.put(Buffer.from(`key-${key}`), Buffer.alloc(9000, key)); // too long for the log of commits
    });
    await made.close();
    const file = join(folder, 'data.mdb');
    const bytes = readFileSync(file);
    const at = bytes.indexOf('key-17');
    expect(at).toBeGreaterThan(0);
    for (let found = at; found >= 0; found = bytes.indexOf('key-17', found)) bytes[found] = 0xff;
    writeFileSync(file, bytes);
    expect(codeOf(() => openLmdbEnvironment(folder))).toBe('STATE_CORRUPT');
    expect(codeOf(() => openLmdbEnvironment(folder, { readOnly: true }))).toBe('STATE_CORRUPT');
  });

  test('that was damaged is refused, or read without a crash', async () => {
    const made = openLmdbEnvironment(folder);
    fill(made);
    await made.close();
    const file = join(folder, 'data.mdb');
    const good = readFileSync(file);
    const outcomes = new Set<string>();
    const damage = fc.oneof(
      fc.record({ cut: fc.nat(good.length - 1) }),
      fc.record({ page: fc.nat(good.length / 4096 - 1), fill: fc.nat(255) }),
      fc.record({ page: fc.nat(good.length / 4096 - 1), at: fc.nat(63), byte: fc.integer({ min: 1, max: 255 }) }),
    );
    const property = fc.asyncProperty(damage, async (harm) => {
      const bytes = Buffer.from(good);
      if ('fill' in harm) bytes.fill(harm.fill, harm.page * 4096, harm.page * 4096 + 4096);
      else if ('page' in harm) bytes[harm.page * 4096 + harm.at] = (bytes[harm.page * 4096 + harm.at] ?? 0) ^ harm.byte;
      rmSync(file);
      writeFileSync(file, 'cut' in harm ? bytes.subarray(0, harm.cut) : bytes);
      let environment: Environment | undefined;
      const read = (): void => {
        environment = openLmdbEnvironment(folder);
        const table = environment.table('filled');
        for (const { key } of table.range()) table.get(key);
      };
      outcomes.add(codeOf(read));
      await environment?.close();
    });
    await fc.assert(property, { numRuns: 100 });
    for (const outcome of outcomes) expect(['none', 'STATE_CORRUPT', 'IO']).toContain(outcome);
    expect(outcomes).toContain('STATE_CORRUPT');
  });
});
