import type { FieldReading, Reading } from '../src/codec/index.ts';
import type { LayoutItem, RecordLayout } from '../src/copybook/index.ts';

/** A COBOL reference such as `U1(2, 1)`: the item it names and, as a key, its index and subscripts. */
export interface Referenced {
  readonly item: LayoutItem;
  readonly subscripts: readonly number[];
  readonly key: string;
}

/** Find what a reference names in a record. */
export function itemByReference(record: RecordLayout, reference: string): Referenced {
  const [, name = '', inside = ''] = /^([^(]+)(?:\((.*)\))?$/.exec(reference) ?? [];
  const subscripts = inside === '' ? [] : inside.split(',').map(Number);
  const item = record.items.find((candidate) => candidate.name === name.trim());
  if (item === undefined) throw new Error(`no item ${reference}`);
  return { item, subscripts, key: keyOf(item, subscripts) };
}

/** Where a reference lies with every table at its maximum; it may be a level 66 entry. */
export function placeOf(record: RecordLayout, reference: string): { offset: number; length: number } {
  const renames = record.renames.find((candidate) => candidate.name === reference);
  if (renames !== undefined) return { offset: renames.offset, length: renames.length };
  const { item, subscripts } = itemByReference(record, reference);
  const tables: LayoutItem[] = [];
  for (let at: LayoutItem | null = item; at !== null; at = at.parent) if (at.occurs !== null) tables.unshift(at);
  const offset = tables.reduce(
    (sum, table, n) => sum + (table.occurs?.stride ?? 0) * ((subscripts[n] ?? 1) - 1),
    item.offset,
  );
  return { offset, length: item.length };
}

/** Every elementary reading of a record by its key. */
export function fieldsByReference(root: Reading): Map<string, FieldReading> {
  const fields = new Map<string, FieldReading>();
  const pending: Reading[] = [root];
  for (let reading = pending.pop(); reading !== undefined; reading = pending.pop()) {
    if (reading.kind === 'field') fields.set(keyOf(reading.item, reading.subscripts), reading);
    else pending.push(...(reading.kind === 'group' ? reading.children : reading.entries));
  }
  return fields;
}

function keyOf(item: LayoutItem, subscripts: readonly number[]): string {
  return [item.index, ...subscripts].join(' ');
}
