import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Pair, pairByKey, pairInOrder } from '../../src/compare/index.ts';

async function* each<T>(things: readonly T[]): AsyncGenerator<T> {
  yield* things;
}

async function collect<T>(pairs: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const pair of pairs) all.push(pair);
  return all;
}

const rules = {
  keyOf: (thing: string) => thing.charAt(0),
  sizeOf: () => 1,
  hold: (thing: string) => thing,
  limit: 1e6,
};

function byKey(left: readonly string[], right: readonly string[], limit = 1e6): Promise<Pair<string>[]> {
  return collect(pairByKey(each(left), each(right), { ...rules, limit }));
}

describe('pairing by key', () => {
  it('finds partners in any order, the n-th of a key with the n-th', async () => {
    expect(await byKey(['a1', 'b1', 'a2', 'c1'], ['b9', 'a8', 'a9', 'd9'])).toEqual([
      { left: 'b1', right: 'b9' },
      { left: 'a1', right: 'a8' },
      { left: 'a2', right: 'a9' },
      { left: 'c1', right: null },
      { left: null, right: 'd9' },
    ]);
  });

  it('loses and doubles nothing', async () => {
    const things = fc.array(fc.constantFrom('a1', 'a2', 'b1', 'b2', 'c1', 'd1'));
    await fc.assert(
      fc.asyncProperty(things, things, async (left, right) => {
        const pairs = await byKey(left, right);
        expect(pairs.flatMap((pair) => pair.left ?? []).sort()).toEqual([...left].sort());
        expect(pairs.flatMap((pair) => pair.right ?? []).sort()).toEqual([...right].sort());
        for (const pair of pairs) if (pair.left && pair.right) expect(pair.left.charAt(0)).toBe(pair.right.charAt(0));
      }),
    );
  });

  it('stops where more would wait than may', async () => {
    const left = Array.from({ length: 100 }, (_, at) => String.fromCharCode(0x100 + at));
    await expect(byKey(left, [], 1000)).rejects.toMatchObject({ code: 'DIFF_MEMORY' });
    expect(await byKey(left, left, 1000)).toHaveLength(100);
  });
});

describe('pairing in order', () => {
  it('gives what is left over on either side alone', async () => {
    expect(await collect(pairInOrder(each(['a']), each(['b', 'c'])))).toEqual([
      { left: 'a', right: 'b' },
      { left: null, right: 'c' },
    ]);
  });
});
