import { expect, test } from 'vitest';
import { openBlockTable } from '../../src/state/block-table.ts';
import { MemoryDisk, openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';

const key = (number: number): Uint8Array => Buffer.from(String(number).padStart(5, '0'));
const large = (number: number): Uint8Array => new Uint8Array(4000).fill(number % 251);

test('a table in blocks lets go of what counts no longer, and keeps what does', async () => {
  const rounds = 480; // nearly 40 MB
  const disk = new MemoryDisk();
  const environment = openMemoryEnvironment({ disk });
  const table = openBlockTable(environment, 'kept');
  for (let round = 0; round < rounds; round++) {
    environment.commit(() => {
      for (let number = 0; number < 20; number++) table.put(key(round * 20 + number), large(round + number));
      if (round > 0) for (let number = 1; number < 20; number++) table.delete(key((round - 1) * 20 + number));
    });
    expect(environment.size).toBeLessThan(22_000_000); // 16 MiB of the dead, and twice what lives
  }
  await environment.close();
  const again = openBlockTable(openMemoryEnvironment({ disk }), 'kept');
  const found = [...again.range()];
  expect(found).toHaveLength(rounds + 19);
  for (let round = 0; round < rounds; round++) expect(again.get(key(round * 20))).toEqual(large(round));
  expect(again.get(key(1))).toBeUndefined();
});

test('a table in blocks is refused when it is damaged, or when a block of it is missing', async () => {
  const disk = new MemoryDisk();
  const environment = openMemoryEnvironment({ disk });
  const table = openBlockTable(environment, 'kept');
  for (let number = 0; number < 3; number++) environment.commit(() => table.put(key(number), large(number)));
  const raw = environment.table('kept');
  const blocks = [...raw.range()];
  expect(blocks).toHaveLength(3);
  const [first, second] = blocks;
  if (first === undefined || second === undefined) throw new Error('there are blocks');
  const damage = (change: () => void, message: RegExp): void => {
    environment.commit(change);
    expect(() => openBlockTable(environment, 'kept')).toThrow(message);
    environment.commit(() => {
      for (const block of blocks) raw.put(block.key, block.value);
    });
  };
  const flipped = first.value.map((byte, index) => (index === 100 ? byte ^ 1 : byte));
  damage(() => raw.put(first.key, flipped), /kept is damaged: block 1 is damaged/);
  damage(() => raw.put(first.key, first.value.subarray(0, 5)), /block 1 is damaged/);
  damage(() => raw.delete(second.key), /block 2 is missing/);
  damage(() => raw.put(Uint8Array.of(1, 2), first.value), /damaged/);
});

test('a table in blocks is changed inside of a commit only', () => {
  const table = openBlockTable(openMemoryEnvironment(), 'kept');
  expect(() => table.put(key(1), key(1))).toThrow(RangeError);
  expect(() => table.delete(key(1))).toThrow(RangeError);
  expect(() => table.clear()).toThrow(RangeError);
});

test('a table in blocks is what it was when a commit fails', () => {
  const environment = openMemoryEnvironment();
  const table = openBlockTable(environment, 'kept');
  environment.commit(() => table.put(key(1), large(1)));
  const failing = (): void => {
    table.put(key(1), large(2));
    table.put(key(2), large(2));
    throw new Error('given up');
  };
  for (let time = 0; time < 2; time++) {
    expect(() => environment.commit(failing)).toThrow('given up');
    expect([...table.range()]).toEqual([{ key: new Uint8Array(key(1)), value: large(1) }]);
    expect(table.get(key(2))).toBeUndefined();
    environment.commit(() => table.put(key(3), large(3)));
    environment.commit(() => table.delete(key(3)));
  }
});
