import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { spoolDirectory } from '../../src/sources/spool-directory.ts';
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
