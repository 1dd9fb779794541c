import fs, {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type DataDirectoryOptions,
  openDataDirectory,
  openToDrain,
} from '../../src/runtime/embedded/data-directory.ts';
import { RecordWriter } from '../../src/runtime/embedded/record-writer.ts';
import { TopicStore } from '../../src/runtime/embedded/topic-store.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overpunch-data-'));
  path = join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a data directory', () => {
  test('is for its owner alone', async () => {
    const directory = openDataDirectory(path, { partitions: 2 });
    directory.partition(1);
    await directory.close();
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, 'manifest.json')).mode & 0o777).toBe(0o600);
  });

  test.each<[string, DataDirectoryOptions, RegExp]>([
    ['partitions', { partitions: 3 }, /2 partitions, not 3/],
    ['catalog', { hashes: { catalog: 'other' } }, /another catalog/],
  ])('refuses other %s than it was made for, and says what to do', async (_what, options, reason) => {
    await openDataDirectory(path, { partitions: 2, hashes: { catalog: 'first' } }).close();
    const manifest = readFileSync(join(path, 'manifest.json'), 'utf8');
    expect(() => openDataDirectory(path, options)).toThrow(reason);
    expect(() => openDataDirectory(path, options)).toThrow(
      expect.objectContaining({ code: 'STATE_INCOMPATIBLE', hint: expect.stringContaining('--drain') }),
    );
    expect(readFileSync(join(path, 'manifest.json'), 'utf8')).toBe(manifest);
    await openDataDirectory(path, { hashes: { pipeline: 'new' } }).close();
  });

  test('refuses a manifest of another format, and one that is damaged', async () => {
    await openDataDirectory(path).close();
    writeFileSync(join(path, 'manifest.json'), '{"format":99,"partitions":1,"hashes":{}}');
    expect(() => openDataDirectory(path)).toThrow(expect.objectContaining({ code: 'STATE_INCOMPATIBLE' }));
    writeFileSync(join(path, 'manifest.json'), '{');
    expect(() => openDataDirectory(path)).toThrow(expect.objectContaining({ code: 'STATE_CORRUPT' }));
  });

  test('is no folder that holds something else, and no file', () => {
    writeFileSync(join(folder, 'letter.txt'), 'mine');
    expect(() => openDataDirectory(folder)).toThrow(
      expect.objectContaining({ code: 'STATE_FOREIGN', message: expect.stringContaining('holds "letter.txt"') }),
    );
    expect(readdirSync(folder)).toEqual(['letter.txt']);
    for (const readOnly of [false, true]) {
      expect(() => openDataDirectory(join(folder, 'letter.txt'), { readOnly })).toThrow(
        expect.objectContaining({ code: 'IO', message: expect.stringContaining('is a file, not a folder') }),
      );
    }
    mkdirSync(path);
    writeFileSync(join(path, 'manifest.json.tmp'), '{'); // left by a start that was killed
    expect(openDataDirectory(path).partitions).toBe(1);
  });

  test('is made on no file system without folders, which takes no time to find out', () => {
    const special = ['/proc/overpunch', '/proc/1/overpunch/data', '/dev/fd/overpunch'];
    for (const place of special.filter(() => existsSync('/proc/self/fd'))) {
      expect(() => openDataDirectory(place)).toThrow(
        expect.objectContaining({ code: 'IO', message: expect.stringContaining('no place for folders') }),
      );
    }
  });

  test.each([
    ['EROFS', 'the file system is read-only', 'mount it'],
    ['EACCES', 'it may not be written to', 'the right to write'],
    ['ENOSPC', 'the disk is full', 'make room'],
  ])('says why it cannot be made, and what to do: %s', (code, reason, hint) => {
    const { mkdirSync: make } = fs;
    const refuse = (): never => {
      throw Object.assign(new Error(`${code}: refused`), { code });
    };
    try {
      fs.mkdirSync = refuse as never;
      syncBuiltinESMExports();
      expect(() => openDataDirectory(join(path, 'inner'))).toThrow(
        expect.objectContaining({
          code: 'IO',
          message: `cannot make the data directory ${join(path, 'inner')}: ${reason}`,
          hint: expect.stringContaining(hint),
        }),
      );
    } finally {
      fs.mkdirSync = make;
      syncBuiltinESMExports();
    }
  });

  test('below a file is refused', () => {
    writeFileSync(path, '');
    expect(() => openDataDirectory(join(path, 'inner'))).toThrow(/a part of .* is a file, not a folder/);
  });

  test.each([1, 3])('of %i partitions is not used without one that was lost', async (partitions) => {
    await openDataDirectory(path, { partitions }).close();
    const folders = readdirSync(path).filter((name) => name.startsWith('partition-'));
    expect(folders).toHaveLength(partitions);
    rmSync(join(path, `partition-000${partitions - 1}`), { recursive: true });
    const gone = expect.objectContaining({
      code: 'STATE_GONE',
      message: expect.stringContaining(`partition-000${partitions - 1}`),
      hint: expect.stringContaining('restore'),
    });
    expect(() => openDataDirectory(path, { partitions })).toThrow(gone);
    expect(() => openDataDirectory(path, { readOnly: true })).toThrow(gone);
    expect(() => openToDrain(path)).toThrow(gone);
    expect(readdirSync(path)).toHaveLength(partitions); // nothing was made
  });

  test('is made by a second start where the first was killed before it had all of its partitions', async () => {
    mkdirSync(join(path, 'partition-0000'), { recursive: true });
    expect(() => openDataDirectory(path)).toThrow(expect.objectContaining({ code: 'STATE_FOREIGN' }));
    writeFileSync(join(path, 'manifest.json.tmp'), '');
    const made = openDataDirectory(path, { partitions: 2 });
    await made.close();
    expect(openDataDirectory(path).partitions).toBe(2);
  });

  test('has one writer, beside which others look in', async () => {
    const writer = openDataDirectory(path);
    const store = new TopicStore(writer.partition(0));
    const other = openDataDirectory(path);
    expect(() => other.partition(0)).toThrow(expect.objectContaining({ code: 'STATE_LOCKED' }));
    const reader = openDataDirectory(path, { readOnly: true });
    const seen = new TopicStore(reader.partition(0));
    expect(seen.extent('bets').end).toBe(0);
    const records = new RecordWriter();
    records.append(Buffer.from('key'), 1, Buffer.from('value'));
    writer.partition(0).commit(() => store.append('bets', records));
    reader.partition(0).renew();
    expect(seen.extent('bets').end).toBe(1);
    expect(seen.block('bets', 0)?.record(0).value).toEqual(new Uint8Array(Buffer.from('value')));
    await reader.close();
    await writer.close();
  });

  test('has to be there to be looked into', () => {
    expect(() => openDataDirectory(path, { readOnly: true })).toThrow(expect.objectContaining({ code: 'STATE_GONE' }));
  });
});
