import { expect, test } from 'vitest';
import { murmur2, partitionOfKey } from '../../src/runtime/embedded/partition-of-key.ts';

// What Kafka's own tests of its hash say.
const known: readonly (readonly [string, number])[] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
];

test.each(known)('the hash of %s is that of Kafka', (text, hash) => {
  expect(murmur2(Buffer.from(text))).toBe(hash);
});

test('a key goes to the partition that Kafka sends it to', () => {
  expect(partitionOfKey(Buffer.from('abc'), 10)).toBe(479470107 % 10);
  expect(partitionOfKey(Buffer.from('21'), 7)).toBe((-973932308 & 0x7fffffff) % 7);
  for (let count = 1; count < 20; count++) expect(partitionOfKey(new Uint8Array(0), count)).toBeLessThan(count);
});
