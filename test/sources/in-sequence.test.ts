import { expect, test } from 'vitest';
import { inSequence } from '../../src/sources/in-sequence.ts';
import type { Source, SourceFrame, SourceStatus } from '../../src/streams/source.ts';

/** A source that gives frames of one byte, as many as there are in the list at the time. */
function listed(name: string, bytes: readonly number[]): Source {
  let next = 0;
  let status: SourceStatus = 'reading';
  const frame = (byte: number): SourceFrame => ({ bytes: Uint8Array.of(byte), ingested: null });
  return {
    name,
    get status() {
      return status;
    },
    open(position) {
      next = Number(position ?? 0);
    },
    read({ frames }) {
      const taken = bytes.slice(next, next + frames);
      status = taken.length === 0 ? 'ended' : 'reading';
      if (taken.length === 0) return null;
      const range = `${next} ${next + taken.length}`;
      next += taken.length;
      return { frames: taken.map(frame), position: String(next), range };
    },
    again(range) {
      const [from, to] = range.split(' ').map(Number);
      return bytes.slice(from, to).map(frame);
    },
    close() {},
  };
}

const limit = { frames: 2, bytes: 1000 };
const bytesOf = (frames: Iterable<SourceFrame> = []): number[] => Array.from(frames, ({ bytes }) => bytes[0] ?? -1);

test('sources are read one after the other, empty ones too, and ranges read the same again', () => {
  const source = inSequence('all', [listed('a', [1, 2, 3]), listed('b', []), listed('c', [4])]);
  source.open(null);
  const seen: number[] = [];
  for (let read = source.read(limit); read !== null; read = source.read(limit)) {
    seen.push(...bytesOf(read.frames));
    expect(bytesOf(source.again?.(read.range ?? ''))).toEqual(bytesOf(read.frames));
  }
  expect(seen).toEqual([1, 2, 3, 4]);
  expect(source.status).toBe('ended');
});

test('from any position the rest follows, also with sources that were added behind', () => {
  const lists = [[1, 2, 3], [4], [5, 6, 7]];
  const make = (count: number): Source => {
    return inSequence(
      'all',
      lists.slice(0, count).map((bytes, index) => listed(String(index), bytes)),
    );
  };
  const first = make(2);
  first.open(null);
  const positions: (readonly [string | null, number])[] = [[null, 0]];
  let count = 0;
  for (let read = first.read(limit); read !== null; read = first.read(limit)) {
    count += read.frames.length;
    positions.push([read.position, count]);
  }
  for (const [position, done] of positions) {
    const source = make(3);
    source.open(position);
    const seen: number[] = [];
    for (let read = source.read(limit); read !== null; read = source.read(limit)) seen.push(...bytesOf(read.frames));
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7].slice(done));
  }
});

test('quarantine says which files it read, as far as they are few', () => {
  const files = ['a.cap', 'b.cap', 'c.cap', 'd.cap', 'e.cap'].map((name) => listed(name, []));
  const labelOf = (count: number): string | undefined => inSequence('capture', files.slice(0, count)).label;
  expect([1, 3, 5].map(labelOf)).toEqual(['a.cap', 'a.cap, b.cap, c.cap', 'a.cap, b.cap, c.cap and 2 more']);
  expect(inSequence('capture', files).name).toBe('capture'); // the same with other files after a restart
});
