import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jsonlFile } from '../../src/sinks/jsonl-file.ts';
import type { SinkRecord } from '../../src/streams/sink.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overpunch-jsonl-'));
  path = join(folder, 'out.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const record = (text: string): SinkRecord => ({ key: new Uint8Array(0), time: null, value: Buffer.from(text) });

describe('a file of JSON lines', () => {
  test('cuts off what was written by a batch that was never committed', async () => {
    const first = jsonlFile({ path });
    await first.open(null);
    await first.write([record('{"n":1}'), record('{"n":2}')], 0);
    const committed = first.position;
    await first.write([record('{"n":3}')], 1);
    await first.close();
    const second = jsonlFile({ path });
    await second.open(committed);
    expect(readFileSync(path, 'utf8')).toBe('{"n":1}\n{"n":2}\n');
    await second.write([record('{"n":4}')], 1);
    await second.close();
    expect(readFileSync(path, 'utf8')).toBe('{"n":1}\n{"n":2}\n{"n":4}\n');
  });

  test('keeps the lines that were there before it', async () => {
    writeFileSync(path, 'before\n');
    const sink = jsonlFile({ path });
    await sink.open(null);
    expect(sink.position).toBe('7');
    await sink.write([record('after')], 0);
    await sink.close();
    expect(readFileSync(path, 'utf8')).toBe('before\nafter\n');
  });

  test('refuses a file that lost committed lines', async () => {
    writeFileSync(path, 'before\n');
    truncateSync(path, 3);
    expect(() => jsonlFile({ path }).open('7')).toThrow(expect.objectContaining({ code: 'IO' }));
  });

  test.skipIf(!existsSync('/dev/full'))('says that there is no room with a code', () => {
    const sink = jsonlFile({ path: '/dev/full' });
    sink.open(null);
    expect(() => sink.write([record('line')], 0)).toThrow(
      expect.objectContaining({ code: 'IO', message: expect.stringContaining('ENOSPC') }),
    );
    sink.close();
  });
});
