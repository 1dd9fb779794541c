import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sharedSource } from '../../src/sources/shared-source.ts';
import type { Source, SourceRead } from '../../src/streams/source.ts';
import { ScriptedSource } from '../runtime/scripted-source.ts';

function shared(count: number, partitions: number): { source: ScriptedSource; readers: readonly Source[] } {
  const source = new ScriptedSource(
    'one',
    Array.from({ length: count }, (_unused, index) => Uint8Array.of(index)),
  );
  const readers = sharedSource(source, partitions);
  for (const reader of readers) reader.open(null);
  return { source, readers };
}

const numbers = (read: SourceRead | null | undefined): number[] =>
  read?.frames.map(({ bytes }) => bytes[0] ?? -1) ?? [];

describe('a shared source', () => {
  test('gives all frames in their order to every partition, whoever asks when for how many', () => {
    const turn = fc.record({ partition: fc.nat(2), frames: fc.integer({ min: 1, max: 30 }) });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 60 }), (script) => {
        const { source, readers } = shared(100, 3);
        const given: number[][] = [[], [], []];
        let tooMany = false;
        const take = (partition: number, frames: number): void => {
          const taken = numbers(readers[partition]?.read({ frames, bytes: 1000 }));
          tooMany ||= taken.length > frames;
          given[partition]?.push(...taken);
        };
        for (const { partition, frames } of script) take(partition, frames);
        for (let round = 0; round < 20; round++) for (const partition of [0, 1, 2]) take(partition, 20);
        const all = source.frames.map(({ bytes }) => bytes[0]);
        expect(given).toEqual([all, all, all]);
        expect(tooMany).toBe(false);
        expect(readers.map(({ status }) => status)).toEqual(['ended', 'ended', 'ended']);
      }),
      { numRuns: 50 },
    );
  });

  test('is read no further than a little ahead of the slowest, who is waited for without being idle', () => {
    const { source, readers } = shared(100, 2);
    source.rest = 'caught-up';
    const [quick, slow] = readers;
    for (let turn = 0; turn < 50; turn++) quick?.read({ frames: 1, bytes: 1000 });
    expect(source.reads).toBeLessThanOrEqual(5);
    expect(quick?.status).toBe('disconnected');
    expect(slow?.status).toBe('reading');
    slow?.close();
    expect(quick?.status).toBe('reading');
  });

  test('hears of a commit when all partitions have made it', () => {
    const { source, readers } = shared(10, 2);
    const reads = readers.map((reader) => reader.read({ frames: 4, bytes: 1000 }));
    readers[0]?.committed?.(reads[0]?.position ?? '');
    expect(source.acknowledged).toEqual([]);
    readers[1]?.committed?.(reads[1]?.position ?? '');
    expect(source.acknowledged).toEqual(['4']);
  });

  test('opens the source where the slowest was: it may tell what that one has missed', () => {
    const { readers } = shared(10, 2);
    const first = readers[0]?.read({ frames: 4, bytes: 1000 })?.position ?? null;
    const later = readers[0]?.read({ frames: 4, bytes: 1000 })?.position ?? null;
    const again = new ScriptedSource(
      'one',
      Array.from({ length: 10 }, (_unused, index) => Uint8Array.of(index)),
    );
    const [one, two] = sharedSource(again, 2);
    one?.open(later);
    two?.open(first);
    expect(numbers(two?.read({ frames: 1, bytes: 1000 }))).toEqual([4]);
    expect(numbers(one?.read({ frames: 1, bytes: 1000 }))).toEqual([4]);
  });
});
