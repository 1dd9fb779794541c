import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sharedSpoolDirectory, spoolDirectory } from '../../src/sources/spool-directory.ts';
import type { Source } from '../../src/streams/source.ts';
import { readAgain, readAll } from './read-all.ts';

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'overpunch-spool-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

function opened(position: string | null, follow = true): Source {
  const source = spoolDirectory({ path, format: { format: 'text', lineEnds: 'ascii' }, follow });
  source.open(position);
  return source;
}

function waiting(): string[] {
  return readdirSync(path).filter((name) => name !== 'done');
}

describe('a spool directory', () => {
  test('is read in the order of its names; files are moved away when they are committed, not before', () => {
    writeFileSync(join(path, 'b'), 'three\n');
    writeFileSync(join(path, 'a'), 'one\ntwo\n');
    const source = opened(null);
    const { frames, position, ranges } = readAll(source, 1);
    expect(frames).toEqual(['one', 'two', 'three']);
    expect(source.status).toBe('caught-up');
    expect(waiting()).toEqual(['a', 'b']);
    source.committed?.(position ?? '');
    expect(waiting()).toEqual([]);
    expect(readdirSync(join(path, 'done'))).toEqual(['a', 'b']);
    expect(readAgain(source, ranges)).toEqual(frames);
    source.close();
  });

  test('says which folder it cannot make, read or move files to', () => {
    writeFileSync(join(path, 'done'), 'a file');
    expect(() => opened(null)).toThrow(`${join(path, 'done')}: IO: is there already, as a file`);
    rmSync(join(path, 'done'));
    const source = opened(null);
    writeFileSync(join(path, 'a'), 'one\n');
    const { position } = readAll(source);
    rmSync(join(path, 'done'), { recursive: true });
    expect(() => source.committed?.(position ?? '')).toThrow(`${join(path, 'done', 'a')}: IO: no such file or folder`);
    rmSync(path, { recursive: true });
    expect(() => readAll(source)).toThrow(`${path}: IO: no such file or folder`);
    mkdirSync(path);
    source.close();
  });

  test('reads no file twice when it was killed between commit and move', () => {
    writeFileSync(join(path, 'a'), 'one\n');
    const killed = opened(null);
    const { position } = readAll(killed);
    const restarted = opened(position);
    expect(readAll(restarted).frames).toEqual([]);
    restarted.committed?.(position ?? '');
    expect(waiting()).toEqual([]);
    restarted.committed?.(position ?? ''); // again, after it was moved
    writeFileSync(join(path, 'a'), 'one\n');
    const { frames, position: last } = readAll(restarted);
    expect(frames).toEqual(['one']);
    restarted.committed?.(last ?? '');
    expect(readdirSync(join(path, 'done'))).toEqual(['a', 'a.1']);
    restarted.close();
    killed.close();
  });

  test('goes on in the middle of a file', () => {
    writeFileSync(join(path, 'a'), 'one\ntwo\nthree\n');
    const killed = opened(null);
    const read = killed.read({ frames: 2, bytes: 1000 });
    killed.close();
    const restarted = opened(read?.position ?? null);
    expect(readAll(restarted).frames).toEqual(['three']);
    restarted.close();
  });

  test('passes over links, directories, dotfiles and what is still being written', () => {
    writeFileSync(join(path, '.hidden'), 'no\n');
    writeFileSync(join(path, 'a.part'), 'no\n');
    writeFileSync(join(path, 'a.tmp'), 'no\n');
    mkdirSync(join(path, 'folder'));
    symlinkSync(join(path, '.hidden'), join(path, 'link'));
    const source = opened(null);
    expect(readAll(source).frames).toEqual([]);
    renameSync(join(path, 'a.part'), join(path, 'a'));
    expect(readAll(source).frames).toEqual(['no']);
    source.close();
  });

  test('ends with its last file only when it is told so', () => {
    writeFileSync(join(path, 'a'), 'one\n');
    const source = opened(null, false);
    readAll(source);
    expect(source.status).toBe('ended');
    source.close();
  });
});

describe('a spool directory that several partitions read', () => {
  const format = { format: 'text', lineEnds: 'ascii' } as const;
  const openedBy = (positions: readonly (string | null)[]): readonly Source[] => {
    const sources = sharedSpoolDirectory({ path, format }, positions.length);
    for (const [index, source] of sources.entries()) {
      const position = positions[index] ?? null;
      source.open(position);
      if (position !== null) source.committed?.(position); // as after a start
    }
    return sources;
  };

  test('is read whole by each, and a file is moved away when all have committed it', () => {
    writeFileSync(join(path, 'a'), 'one\n');
    writeFileSync(join(path, 'b'), 'two\n');
    const sources = openedBy([null, null, null]);
    for (const [index, source] of sources.entries()) {
      const { frames, position } = readAll(source);
      expect(frames).toEqual(['one', 'two']);
      source.committed?.(position ?? '');
      expect(waiting()).toEqual(index < 2 ? ['a', 'b'] : []);
    }
    writeFileSync(join(path, 'a'), 'three\n'); // perhaps on the place of a file that is gone
    for (const source of sources) expect(readAll(source).frames).toEqual(['three']);
    for (const source of sources) source.close();
  });

  test('loses nothing and reads nothing twice when it is killed between the commits of its partitions', () => {
    for (const name of ['a', 'b', 'c']) writeFileSync(join(path, name), `${name}1\n${name}2\n`);
    const killed = openedBy([null, null]);
    const quick = readAll(killed[0] as Source, 1);
    killed[0]?.committed?.(quick.position ?? '');
    const slow = [1, 2, 3, 4].map(() => killed[1]?.read({ frames: 1, bytes: 1000 }) ?? null);
    const position = slow.at(-1)?.position ?? null; // one file and the beginning of the second
    const taken = slow.flatMap((read) => read?.frames.map(({ bytes }) => String(Buffer.from(bytes))) ?? []);
    const sources = openedBy([quick.position, position]);
    expect(waiting()).toEqual(['b', 'c']);
    expect(readAll(sources[0] as Source).frames).toEqual([]);
    const rest = readAll(sources[1] as Source);
    expect([...taken, ...rest.frames]).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
    sources[1]?.committed?.(rest.position ?? '');
    expect(waiting()).toEqual([]);
    expect(readdirSync(join(path, 'done'))).toEqual(['a', 'b', 'c']);
    for (const source of [...killed, ...sources]) source.close();
  });

  test('does not count the commit of a file that is gone for another one on its place', () => {
    writeFileSync(join(path, 'a'), 'one\n');
    const [one, two] = openedBy([null, null]) as [Source, Source];
    const before = readAll(one).position ?? '';
    one.committed?.(before);
    const last = readAll(two).position ?? '';
    two.committed?.(last);
    expect(waiting()).toEqual([]);
    one.committed?.(before); // its position still names what is gone
    renameSync(join(path, 'done', 'a'), join(path, 'a')); // the very same file again
    two.committed?.(last);
    expect(waiting()).toEqual(['a']);
    one.close();
    two.close();
  });
});
