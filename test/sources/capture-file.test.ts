import { appendFileSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FrameFormat } from '../../src/frames/framer.ts';
import { captureFile } from '../../src/sources/capture-file.ts';
import type { Source } from '../../src/streams/source.ts';
import { readAgain, readAll } from './read-all.ts';

const format: FrameFormat = { format: 'text', lineEnds: 'ascii' };
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overpunch-capture-'));
  path = join(folder, 'capture.txt');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function opened(position: string | null, follow = true, as: FrameFormat = format): Source {
  const source = captureFile({ path, format: as, follow });
  source.open(position);
  return source;
}

describe('a capture file', () => {
  test('gives each frame once over any number of restarts, and gives ranges again', () => {
    const lines = fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1, maxLength: 40 });
    const steps = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 });
    const property = fc.property(lines, steps, fc.constantFrom('text', 'bdw'), (given, sizes, kind) => {
      const records = given.map((line) => (kind === 'text' ? Buffer.from(`${line}\n`) : wordRecord(line)));
      writeFileSync(path, kind === 'text' ? Buffer.concat(records) : blocks(records));
      const as: FrameFormat = kind === 'text' ? format : { format: 'bdw' };
      let position: string | null = null;
      const frames: string[] = [];
      const ranges: string[] = [];
      for (let life = 0; frames.length < given.length; life++) {
        const source = opened(position, false, as);
        const read = source.read({ frames: sizes[life % sizes.length] ?? 1, bytes: 1 << 20 });
        if (read === null) break;
        position = read.position;
        for (const { bytes } of read.frames) frames.push(String(Buffer.from(bytes)));
        if (read.range !== null) ranges.push(read.range);
        source.close();
      }
      expect(frames).toEqual(given);
      const source = opened(position, false, as);
      expect(readAll(source).frames).toEqual([]);
      expect(readAgain(source, ranges)).toEqual(given);
      source.close();
    });
    fc.assert(property, { numRuns: 60 });
  });

  test('goes on where it was however little it grew at a time, and whenever it was stopped', () => {
    const lines = fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1, maxLength: 30 });
    const steps = fc.array(fc.record({ grows: fc.integer({ min: 1, max: 60 }), stops: fc.boolean() }), {
      minLength: 1,
    });
    const property = fc.property(lines, steps, fc.constantFrom('text', 'rdw'), (given, growth, kind) => {
      const bytes = Buffer.concat(given.map((line) => (kind === 'text' ? Buffer.from(`${line}\n`) : wordRecord(line))));
      const as: FrameFormat = kind === 'text' ? format : { format: 'rdw' };
      writeFileSync(path, '');
      let source = opened(null, true, as);
      let position: string | null = null;
      const frames: string[] = [];
      const ranges: string[] = [];
      for (let at = 0, step = 0; at < bytes.length; step++) {
        const { grows, stops } = growth[step % growth.length] ?? { grows: 9, stops: false };
        appendFileSync(path, bytes.subarray(at, at + grows));
        at += grows;
        for (let read = source.read({ frames: 3, bytes: 1 << 20 }); read !== null; ) {
          position = read.position;
          for (const frame of read.frames) frames.push(String(Buffer.from(frame.bytes)));
          if (read.range !== null) ranges.push(read.range);
          read = source.read({ frames: 3, bytes: 1 << 20 });
        }
        if (!stops) continue;
        source.close();
        source = opened(position, true, as);
      }
      expect(frames).toEqual(given);
      expect(readAgain(source, ranges)).toEqual(given);
      source.close();
    });
    fc.assert(property, { numRuns: 60 });
  });

  test('goes on where it was when the file has grown, also in the middle of a frame', () => {
    writeFileSync(path, 'one\ntwo\nthr');
    const first = opened(null);
    const { frames, position } = readAll(first);
    expect(frames).toEqual(['one', 'two']);
    expect(first.status).toBe('caught-up');
    appendFileSync(path, 'ee\nfour\n');
    expect(readAll(first).frames).toEqual(['three', 'four']);
    first.close();
    const second = opened(position);
    expect(readAll(second).frames).toEqual(['three', 'four']);
    second.close();
  });

  test('begins at the beginning of a file that is shorter, or another one', () => {
    writeFileSync(path, 'one\ntwo\n');
    const source = opened(null);
    const { position } = readAll(source);
    truncateSync(path, 0);
    writeFileSync(path, 'new\n');
    expect(readAll(source).frames).toEqual(['new']);
    renameSync(path, `${path}.1`);
    expect(readAll(source).frames).toEqual([]);
    writeFileSync(path, 'next\n');
    expect(readAll(source).frames).toEqual(['next']);
    source.close();
    const restarted = opened(position);
    expect(readAll(restarted).frames).toEqual(['next']);
    restarted.close();
  });

  test('frames what is left at the end of a file that does not grow', () => {
    writeFileSync(path, Buffer.concat([wordRecord('one'), wordRecord('two').subarray(0, 6)]));
    const source = opened(null, false, { format: 'rdw' });
    expect(readAll(source).frames).toEqual(['one', 'FRAME_CUT']);
    expect(source.status).toBe('ended');
    source.close();
  });

  test('is no link, and has to exist unless it is followed', () => {
    expect(() => opened(null, false)).toThrow(expect.objectContaining({ code: 'IO' }));
    const source = opened(null);
    expect(source.read({ frames: 1, bytes: 1 })).toBe(null);
    expect(source.status).toBe('disconnected');
    writeFileSync(`${path}.real`, 'one\n');
    symlinkSync(`${path}.real`, path);
    expect(readAll(source).frames).toEqual([]);
    source.close();
  });
});

function wordRecord(text: string): Buffer {
  const bytes = Buffer.alloc(4 + text.length);
  bytes.writeUInt16BE(bytes.length);
  bytes.write(text, 4);
  return bytes;
}

function blocks(records: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < records.length; at += 3) {
    const body = Buffer.concat(records.slice(at, at + 3));
    const word = Buffer.alloc(4);
    word.writeUInt16BE(body.length + 4);
    parts.push(word, body);
  }
  return Buffer.concat(parts);
}
