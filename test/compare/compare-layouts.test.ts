import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareLayouts } from '../../src/compare/index.ts';
import { layoutFrom } from '../codec/codec-of.ts';
import { randomCopybooks } from '../codec/random-copybook.ts';

/** What changed, as `NAME: kinds`, the old name in front where it is another. */
function changes(old: string, next: string): string[] {
  return compareLayouts(layoutFrom(old), layoutFrom(next)).flatMap((record) => [
    ...(record.old?.name === record.new?.name ? [] : [`${record.old?.name ?? '-'} -> ${record.new?.name ?? '-'}`]),
    ...record.changes.map((change) => `${(change.new ?? change.old)?.name ?? 'FILLER'}: ${change.kinds.join(' ')}`),
  ]);
}

describe('comparing layouts', () => {
  it.each([
    [
      'a field that grows moves what follows',
      '05 A PIC X. 05 B PIC X.',
      '05 A PIC X(2). 05 B PIC X.',
      ['R: grew', 'A: grew picture', 'B: moved'],
    ],
    ['a field appears', '05 A PIC X.', '05 A PIC X. 05 B PIC X.', ['R: grew', 'B: appeared']],
    [
      'a field goes',
      '05 A PIC X. 05 B PIC X. 05 C PIC X.',
      '05 A PIC X. 05 C PIC X.',
      ['R: shrank', 'B: went', 'C: moved'],
    ],
    ['fields change places', '05 A PIC X. 05 B PIC X.', '05 B PIC X. 05 A PIC X.', ['B: moved', 'A: moved']],
    ['another usage', '05 A PIC 9(4).', '05 A PIC 9(4) COMP.', ['R: shrank', 'A: shrank type usage']],
    ['a sign', '05 A PIC 9(4).', '05 A PIC S9(4).', ['A: type picture']],
    ['a sign elsewhere', '05 A PIC S9(4).', '05 A PIC S9(4) SIGN LEADING.', ['A: type']],
    ['a table', '05 A PIC X OCCURS 2.', '05 A PIC X OCCURS 3.', ['R: grew', 'A: occurs']],
    [
      'another view',
      '05 A PIC X. 05 B PIC X.',
      '05 A PIC X. 05 B REDEFINES A PIC X.',
      ['R: shrank', 'B: moved redefines'],
    ],
    ['a group around it', '05 A PIC X. 05 B PIC X.', '05 G. 10 A PIC X. 05 B PIC X.', ['G: appeared', 'A: group']],
    ['a level 88 entry', '05 A PIC X. 88 Y VALUE "Y".', '05 A PIC X. 88 Y VALUE "J".', ['A: conditions']],
    [
      'FILLER that makes room',
      '05 A PIC X. 05 FILLER PIC X(9).',
      '05 A PIC X. 05 B PIC X(4). 05 FILLER PIC X(5).',
      ['B: appeared', 'FILLER: moved shrank picture'],
    ],
    [
      'names that come twice',
      '05 G. 10 A PIC X. 05 H. 10 A PIC X.',
      '05 G. 10 A PIC X. 05 H. 10 A PIC XX.',
      ['R: grew', 'H: grew', 'A: grew picture'],
    ],
    ['only spelling', '05 Abc PIC XXX. 05 B PIC 9(02)V9.', '05 ABC PIC X(3). 05 B PIC 99V9(1).', []],
  ])('%s', (_, old, next, expected) => {
    expect(changes(`01 R. ${old}`, `01 R. ${next}`)).toEqual(expected);
  });

  it('matches records by name, or the only ones left over', () => {
    expect(changes('01 R. 05 A PIC X.', '01 S. 05 A PIC X.')).toEqual(['R -> S']);
    expect(changes('01 R. 05 A PIC X.', '01 S. 05 A PIC X. 01 R. 05 A PIC X.')).toEqual(['- -> S']);
  });

  it('finds no difference between a copybook and itself, and the same in both directions', () => {
    fc.assert(
      fc.property(randomCopybooks(), randomCopybooks(), (one, other) => {
        expect(changes(one.text, one.text)).toEqual([]);
        const there = compareLayouts(layoutFrom(one.text), layoutFrom(other.text));
        const back = compareLayouts(layoutFrom(other.text), layoutFrom(one.text));
        const count = (list: typeof there, kind: string): number =>
          list.flatMap((record) => record.changes).filter((change) => change.kinds.includes(kind as 'went')).length;
        expect(count(there, 'appeared') - count(there, 'went')).toBe(count(back, 'went') - count(back, 'appeared'));
      }),
      { numRuns: 50 },
    );
  });
});
