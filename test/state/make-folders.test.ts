import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeFolders } from '../../src/state/make-folders.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overpunch-folders-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fails = (path: string): unknown => {
  try {
    makeFolders(path);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
};

describe('folders', () => {
  test('are made with those above them, and may be there', () => {
    const path = join(folder, 'a', 'b', 'c');
    makeFolders(path, 0o700);
    makeFolders(path, 0o700);
    expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  test('are not made where a file is, below one, or behind a link to nowhere', () => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(join(folder, 'nothing'), join(folder, 'link'));
    expect(fails(join(folder, 'file'))).toBe('EEXIST');
    expect(fails(join(folder, 'file', 'a', 'b'))).toBe('ENOTDIR');
    expect(fails(join(folder, 'link'))).toBe('EEXIST');
  });

  test('are refused at once where the file system has none', () => {
    if (existsSync('/proc/self')) expect(fails('/proc/overpunch/a')).toBe('ENOENT');
  });
});
