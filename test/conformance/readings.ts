import type { FieldReading, Reading } from '../../src/codec/reading.ts';
import type { LayoutItem, RecordLayout } from '../../src/copybook/layout.ts';
import { foldName } from './fold-name.ts';

/** Every reading of a tree, groups and tables before what they hold. */
export function* walkReadings(reading: Reading): Generator<Reading> {
  yield reading;
  if (reading.kind === 'group') for (const child of reading.children) yield* walkReadings(child);
  if (reading.kind === 'table') for (const entry of reading.entries) yield* walkReadings(entry);
}

/** The fields of an item in a tree, in record order. */
export function fieldsOf(root: Reading, item: LayoutItem): FieldReading[] {
  return [...walkReadings(root)].filter(
    (reading) => reading.kind === 'field' && reading.item === item,
  ) as FieldReading[];
}

/** The items of a name in a record. */
export function itemsNamed(record: RecordLayout, name: string): readonly LayoutItem[] {
  const folded = foldName(name);
  return record.items.filter((item) => item.name !== null && foldName(item.name) === folded);
}
