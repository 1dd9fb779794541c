import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Journal, JournalBatch } from '../../src/runtime/embedded/journal.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { ScriptedSource } from './scripted-source.ts';

const garbage = { code: 'FRAME_LENGTH', message: 'too long' } as const;

function filled(): { journal: Journal; batches: JournalBatch[]; source: ScriptedSource } {
  const environment = openMemoryEnvironment();
  const journal = new Journal(environment, 'test');
  const source = new ScriptedSource('one', [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)], { ranges: true });
  const first = new JournalBatch(0);
  first.mark(0, false);
  first.frames(0, source.frames.slice(0, 2), '0 2');
  first.frames(
    1,
    [
      { bytes: Uint8Array.of(9), ingested: null, garbage },
      { bytes: Uint8Array.of(8), ingested: 5 },
    ],
    null,
  );
  first.tick(250.5);
  const second = new JournalBatch(first.entries.length);
  second.frames(0, source.frames.slice(2), '2 3');
  second.tick(Number.POSITIVE_INFINITY);
  environment.commit(() => {
    journal.append(0, first.bytes());
    journal.append(first.entries.length, second.bytes());
  });
  return { journal, batches: [first, second], source };
}

describe('a journal', () => {
  test('gives from any position what was entered: frames from ranges and copies, garbage, marks, ticks', () => {
    const { journal, batches, source } = filled();
    const all = batches.flatMap(({ entries }) => entries);
    expect(all.map(({ position }) => position)).toEqual(all.map((_entry, index) => index));
    for (let from = 0; from <= all.length; from++) {
      expect([...journal.replay(from, [source])].flat()).toEqual(all.slice(from));
    }
  });

  test('says so when an input is not what it was', () => {
    const { journal, source } = filled();
    source.frames.length = 2;
    expect(() => [...journal.replay(0, [source])]).toThrow(expect.objectContaining({ code: 'JOURNAL_INPUT' }));
  });

  test('holds only the frames that belong to its partition', () => {
    const batch = new JournalBatch(0);
    const source = new ScriptedSource('one', [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)], { ranges: true });
    const odd = ({ bytes }: { readonly bytes: Uint8Array }): boolean => (bytes[0] ?? 0) % 2 === 1;
    expect(batch.frames(0, source.frames, '0 3', odd)).toBe(2);
    const environment = openMemoryEnvironment();
    const journal = new Journal(environment, 'test');
    environment.commit(() => journal.append(0, batch.bytes()));
    expect([...journal.replay(0, [source], odd)].flat()).toEqual(batch.entries);
  });

  test('drops its blocks from the oldest on, and those of a failed commit once more', () => {
    const environment = openMemoryEnvironment();
    const journal = new Journal(environment, 'test');
    const lengths = [7, 1, 5, 3, 9];
    environment.commit(() => {
      for (const [position, length] of lengths.entries()) journal.append(position, new Uint8Array(length));
    });
    const drop = (before: number): number => environment.commit(() => journal.dropOldest(before));
    expect(drop(1)).toBe(0); // the only block before it may reach beyond
    expect(drop(5)).toBe(7);
    const fail = (): void => {
      expect([journal.dropOldest(5), journal.dropOldest(5)]).toEqual([1, 5]);
      throw new Error('it fails');
    };
    expect(() => environment.commit(fail)).toThrow('it fails');
    expect([drop(5), drop(5), drop(5), drop(5)]).toEqual([1, 5, 3, 0]);
    const again = new Journal(environment, 'test');
    expect(environment.commit(() => again.dropOldest(Number.MAX_SAFE_INTEGER))).toBe(0);
  });

  test('knows nothing any more of blocks from before it was cleared', () => {
    const environment = openMemoryEnvironment();
    const journal = new Journal(environment, 'test');
    environment.commit(() => {
      for (const position of [0, 1, 2]) journal.append(position, new Uint8Array(position + 1));
      expect(journal.dropOldest(3)).toBe(1);
      journal.clear();
      for (const position of [3, 4]) journal.append(position, new Uint8Array(position + 1));
      expect([journal.dropOldest(5), journal.dropOldest(5)]).toEqual([4, 0]);
    });
  });

  test('drops what a list of all blocks would, whatever fails, and when it is opened again', () => {
    const commits = fc.array(
      fc.record({
        blocks: fc.array(
          fc.record({ entries: fc.integer({ min: 1, max: 3 }), bytes: fc.integer({ min: 1, max: 9 }) }),
          {
            maxLength: 3,
          },
        ),
        drops: fc.integer({ min: 0, max: 4 }),
        behind: fc.integer({ min: 0, max: 3 }),
        fails: fc.boolean(),
        reopens: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    const check = (all: typeof commits extends fc.Arbitrary<infer Commits> ? Commits : never): void => {
      const environment = openMemoryEnvironment();
      let journal = new Journal(environment, 'test');
      let model: { readonly position: number; readonly bytes: number }[] = [];
      let end = 0;
      for (const { blocks, drops, behind, fails, reopens } of all) {
        const kept = [...model];
        let to = end;
        const commit = (): void => {
          for (const { entries, bytes } of blocks) {
            journal.append(to, new Uint8Array(bytes));
            kept.push({ position: to, bytes });
            to += entries;
          }
          const before = Math.max(0, to - behind);
          for (let drop = 0; drop < drops; drop++) {
            const isOver = (kept[1]?.position ?? Number.POSITIVE_INFINITY) < before;
            expect(journal.dropOldest(before)).toBe(isOver ? kept.shift()?.bytes : 0);
          }
          if (fails) throw new RangeError('it fails');
        };
        if (fails) expect(() => environment.commit(commit)).toThrow(RangeError);
        else {
          environment.commit(commit);
          model = kept;
          end = to;
        }
        if (reopens) journal = new Journal(environment, 'test');
      }
    };
    fc.assert(fc.property(commits, check), { numRuns: 300 });
  });
});
