import { readingKeys, valueKey } from '../../codec/value-key.ts';
import { fieldReading, type HeaderField } from './header-field.ts';

/** Tells which of several rows the fields of the frame at `offset` fit: its index, or −1. */
export type Classifier = (bytes: Uint8Array, offset: number) => number;

/**
 * Make a classifier by value. A row has a list of values for each field, as written in options: any of them will do, and none at all
 * means any value. The first row that fits counts.
 *
 * Throws USAGE when a field of numbers is compared with something that is no number.
 */
export function classifier(
  fields: readonly HeaderField[],
  rows: readonly (readonly (readonly string[])[])[],
): Classifier {
  const all = rows.map((_, index) => index);
  const finders = fields.map((field, index) =>
    rowFinder(
      field,
      rows.map((row) => row[index] ?? []),
    ),
  );
  return (bytes, offset) => {
    let fitting: readonly number[] = all;
    for (const find of finders) {
      const found = find(bytes, offset);
      fitting = fitting === all ? found : fitting.filter((row) => found.includes(row));
    }
    return fitting[0] ?? -1;
  };
}

/** Make the finder of the rows, ascending, that one field fits: looked up, since frames of no type must not take long either. */
function rowFinder(
  field: HeaderField,
  rows: readonly (readonly string[])[],
): (bytes: Uint8Array, offset: number) => readonly number[] {
  const byKey = new Map<string, number[]>();
  const indifferent: number[] = [];
  for (const [row, values] of rows.entries()) {
    if (values.length === 0) indifferent.push(row);
    for (const key of new Set(values.map((value) => valueKey(field.item, field.numeric, value)))) {
      const found = byKey.get(key);
      if (found === undefined) byKey.set(key, [row]);
      else found.push(row);
    }
  }
  if (indifferent.length > 0) for (const [key, found] of byKey) byKey.set(key, ascending([...found, ...indifferent]));
  return (bytes, offset) => {
    const found = readingKeys(fieldReading(field, bytes, offset), field.numeric).map(
      (key) => byKey.get(key) ?? indifferent,
    );
    const [first = indifferent] = found;
    return found.length < 2 ? first : ascending([...new Set(found.flat())]);
  };
}

function ascending(rows: readonly number[]): number[] {
  return [...rows].sort((a, b) => a - b);
}
