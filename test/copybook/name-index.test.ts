import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameIndex } from '../../src/copybook/name-index.ts';

interface Item {
  readonly index: number;
  readonly name: string | null;
  readonly parent: Item | null;
}

/** Items in preorder; each pair says how many groups it leaves before it starts. */
function tree(shape: readonly (readonly [name: string | null, up: number])[]): Item[] {
  const items: Item[] = [{ index: 0, name: 'R', parent: null }];
  let parent: Item | null = items[0] ?? null;
  for (const [name, up] of shape) {
    for (let level = 0; level < up && parent?.parent; level++) parent = parent.parent;
    const item: Item = { index: items.length, name, parent };
    items.push(item);
    parent = item;
  }
  return items;
}

/** The definition: an item of the first name, with groups of the other names around it in that order. */
function search(items: readonly Item[], [own, ...groups]: readonly string[]): Item[] {
  return items.filter((item) => {
    if (item.name !== own) return false;
    const around: (string | null)[] = [];
    for (let group = item.parent; group !== null; group = group.parent) around.push(group.name);
    let from = 0;
    return groups.every((name) => {
      const at = around.indexOf(name, from);
      from = at + 1;
      return at >= 0;
    });
  });
}

describe('NameIndex', () => {
  it('finds exactly the items a reference fits', () => {
    const name = fc.constantFrom('A', 'B', 'C', 'R');
    const shape = fc.array(fc.tuple(fc.option(name, { freq: 5 }), fc.nat(4)), { maxLength: 40 });
    fc.assert(
      fc.property(shape, fc.array(name, { minLength: 1, maxLength: 4 }), (nodes, names) => {
        const items = tree(nodes);
        const found = new NameIndex(items).find(names);
        expect(found.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
          search(items, names).map(({ index }) => index),
        );
      }),
    );
  });
});
