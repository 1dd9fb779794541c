import type { Actual, ActualValue } from './actual.ts';
import { compareDecimals } from './decimal.ts';
import { foldName } from './fold-name.ts';

/** Sort rows ascending by top-level members: numbers by value, text by character, what is absent first; stable. */
export function sortRows(
  rows: readonly (readonly Actual[])[],
  names: readonly string[],
  root: 'drop' | 'keep',
): readonly (readonly Actual[])[] {
  if (names.length === 0) return rows;
  const keyed = rows.map((row) => ({ row, keys: names.map((name) => keyOf(row, foldName(name), root)) }));
  const compare = (a: (typeof keyed)[number], b: (typeof keyed)[number]): number => {
    for (const [at, key] of a.keys.entries()) {
      const order = compareValues(key, b.keys[at] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  };
  return keyed.toSorted(compare).map(({ row }) => row);
}

function keyOf(row: readonly Actual[], folded: string, root: 'drop' | 'keep'): ActualValue | null {
  const inside = root === 'keep' ? row.flatMap((member) => (member.kind === 'group' ? member.members : [])) : [];
  const found = [...row, ...inside].find((member) => member.kind === 'leaf' && foldName(member.name) === folded);
  return found?.kind === 'leaf' ? found.value : null;
}

function compareValues(left: ActualValue | null, right: ActualValue | null): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== null && b !== null) return compareDecimals(a, b);
  const [x, y] = [textOf(left), textOf(right)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function numberOf(value: ActualValue): string | null {
  if (value.type === 'text') return null;
  return value.type === 'edited' ? value.number : value.digits;
}

function textOf(value: ActualValue): string {
  return value.type === 'text' || value.type === 'edited' ? value.text : value.digits;
}
