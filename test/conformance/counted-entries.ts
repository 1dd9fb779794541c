import type { Reading, TableReading } from '../../src/codec/reading.ts';
import { fieldsOf } from './readings.ts';

/**
 * How many entries a table shows (§6): as many as its counter says, all of them where that is out of bounds or unreadable.
 *
 * The product's reading of a table stops where the record does; the entries behind its end are counted all the same.
 */
export function countedEntries(table: TableReading, root: Reading): number {
  const { occurs } = table.item;
  if (occurs === null) return table.entries.length;
  if (occurs.counter === null) return occurs.maximum;
  const counters = fieldsOf(root, occurs.counter);
  const together = counters.filter(({ subscripts }) => subscripts.every((n, at) => n === table.subscripts[at]));
  const counter = together.at(-1) ?? counters.findLast(({ offset }) => offset <= table.offset);
  const count = Number(counter?.value ?? Number.NaN);
  return Number.isInteger(count) && count >= occurs.minimum && count <= occurs.maximum ? count : occurs.maximum;
}
