import { toHex } from '../../src/bytes/hex.ts';
import type { FieldReading, Reading, RecordReading, TableReading } from '../../src/codec/reading.ts';
import type { Actual, ActualLeaf } from './actual.ts';
import { countedEntries } from './counted-entries.ts';
import type { IsHidden } from './hidden-views.ts';
import { itemValue, type ShowOptions } from './item-value.ts';

export interface RowOptions extends ShowOptions {
  readonly fillerGroups: 'drop' | 'hoist';
  readonly root: 'drop' | 'keep';
}

/** What all members of a row are made from. */
interface Row {
  readonly root: Reading;
  readonly bytes: Uint8Array;
  readonly hidden: IsHidden;
  readonly options: RowOptions;
}

/** Turn what the decoder read of one record into a row (§1 `root`, `filler_groups`; §6). */
export function actualRow(
  readings: readonly RecordReading[],
  bytes: Uint8Array,
  hidden: IsHidden,
  options: RowOptions,
): readonly Actual[] {
  return readings.flatMap(({ root }) => {
    const row: Row = { root, bytes, hidden, options };
    const { name, level } = root.item;
    const keep = options.root === 'keep' && level > 0 && name !== null;
    if (root.kind !== 'group' || keep) return rowMembers(root, row);
    return hidden(root) ? [] : root.children.flatMap((child) => rowMembers(child, row));
  });
}

/** What one item adds to the group around it: itself, nothing, or the children of a FILLER group. */
function rowMembers(reading: Reading, row: Row): readonly Actual[] {
  const { name } = reading.item;
  if (row.hidden(reading)) return name === null ? [] : [{ kind: 'hidden', name }];
  if (name !== null) return [entryOf(reading, name, row)];
  if (row.options.fillerGroups === 'drop') return [];
  if (reading.kind === 'group') return reading.children.flatMap((child) => rowMembers(child, row));
  return reading.kind === 'table' ? hoistedTable(reading, row) : [];
}

function entryOf(reading: Reading, name: string, row: Row): Actual {
  switch (reading.kind) {
    case 'field':
      return leafOf(reading, name, row);
    case 'group':
      return { kind: 'group', name, members: reading.children.flatMap((child) => rowMembers(child, row)) };
    case 'table': {
      const entries = reading.entries.map((entry) => entryOf(entry, name, row));
      return { kind: 'table', name, entries: [...entries, ...entriesBehindEnd(reading, name, row)] };
    }
  }
}

/** Entries that are counted, but lie behind the end of the record: absent, not fewer. */
function entriesBehindEnd(table: TableReading, name: string, { root, bytes }: Row): readonly Actual[] {
  if (table.offset + table.length < bytes.length) return [];
  const length = Math.max(0, countedEntries(table, root) - table.entries.length);
  return Array.from({ length }, () => ({ kind: 'hidden', name }));
}

/** A FILLER group that is a table: each child stands in the group around it as a table of its own. */
function hoistedTable(table: TableReading, row: Row): readonly Actual[] {
  const columns: { name: string; entries: Actual[] }[] = [];
  for (const entry of table.entries) {
    if (entry.kind !== 'group') continue;
    const members = entry.children.flatMap((child) => rowMembers(child, row));
    for (const [index, member] of members.entries()) {
      columns[index] ??= { name: member.name, entries: [] };
      columns[index].entries.push(member);
    }
  }
  return columns.map(({ name, entries }) => ({
    kind: 'table',
    name,
    entries: [...entries, ...entriesBehindEnd(table, name, row)],
  }));
}

function leafOf(reading: FieldReading, name: string, { bytes, options }: Row): ActualLeaf {
  const own = bytesOf(reading, bytes);
  const { type } = reading.item;
  return {
    kind: 'leaf',
    name,
    numeric: type !== null && type.kind !== 'text' && !(type.kind === 'edited' && !type.numeric),
    value: itemValue(reading, own, options),
    bytes: toHex(own),
    cut: own.length < reading.item.length,
  };
}

/** The bytes a field was read from. */
export function bytesOf(reading: Reading, record: Uint8Array): Uint8Array {
  return record.subarray(reading.offset, reading.offset + reading.length);
}
