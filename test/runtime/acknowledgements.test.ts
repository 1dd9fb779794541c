import { expect, test } from 'vitest';
import { acknowledgementsIn, hasStrace, tracedRun } from './trace-acknowledgements.ts';

if (!hasStrace) console.warn('strace is not installed: the order of syncs and acknowledgements is NOT looked at');

const commit = [
  '7 openat(AT_FDCWD</x>, "/x/partition-0000/data.mdb", O_WRONLY|O_DSYNC) = 29</x/partition-0000/data.mdb>',
  '7 writev(28</x/partition-0000/data.mdb>, [{"a", 1}], 1) = 1',
  '7 fdatasync(28</x/partition-0000/data.mdb>) = 0',
  '7 pwrite64(29</x/partition-0000/data.mdb>, "a", 128, 40) = 128',
  '7 rename("/x/spool/a", "/x/spool/done/a") = 0',
];

test('a trace in which a file is moved away behind the durable commit is in order', () => {
  expect(acknowledgementsIn(commit.join('\n'))).toEqual({ count: 1, early: 0 });
});

test('a call that another thread interrupts counts when it ends', () => {
  const cut = commit.flatMap((line) => {
    const [call = '', result = ''] = line.split(/(?=\) = 0$)/);
    return line.includes('fdatasync')
      ? [`${call} <unfinished ...>`, '8 write(1</x>, "", 0) = 0', `7 <... fdatasync resumed>${result}`]
      : [line];
  });
  expect(cut).toHaveLength(7);
  expect(acknowledgementsIn(cut.join('\n'))).toEqual({ count: 1, early: 0 });
});

test.each([
  ['nothing is synced', commit.filter((line) => !line.includes('fdatasync'))],
  ['the file is moved before the commit', [commit[0], commit[1], commit[4], commit[2], commit[3]]],
  [
    'the lines of a sink are not synced',
    [commit[0], '7 pwrite64(9</x/sums.jsonl>, "a", 1, 0) = 1', ...commit.slice(1)],
  ],
])('a trace in which %s is not', (_what, lines) => {
  expect(acknowledgementsIn(lines.join('\n')).early).toBeGreaterThan(0);
});

test.skipIf(!hasStrace)(
  'in a trace of system calls every file is moved away behind the sync of its batch, which is seen to be missing when it is',
  { timeout: 120_000 },
  async () => {
    const [trace, unsynced] = await Promise.all([tracedRun(), tracedRun(false)]);
    expect(acknowledgementsIn(trace)).toEqual({ count: 5, early: 0 });
    const without = acknowledgementsIn(unsynced);
    expect(without.count).toBe(5);
    expect(without.early).toBeGreaterThanOrEqual(5);
  },
);
