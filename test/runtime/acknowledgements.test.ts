import { expect, test } from 'vitest';
import { acknowledgementsIn } from './trace-acknowledgements.ts';

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
