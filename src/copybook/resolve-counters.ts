import type { Code } from '../errors.ts';
import { CopybookError } from './copybook-error.ts';
import type { OdoRule } from './dialect.ts';
import type { DraftItem } from './draft-item.ts';
import type { LayoutItem, RecordLayout } from './layout.ts';
import type { NameIndex } from './name-index.ts';

/** Fourth pass: link every DEPENDING ON to its counter, when the record has it. */
export function resolveCounters(items: readonly DraftItem[], index: NameIndex<DraftItem>): void {
  for (const item of items) {
    const names = item.entry?.occurs?.dependingOn ?? null;
    if (item.occurs === null || names === null) continue;
    const found = index.find(names);
    if (found.length > 1) {
      fail(
        item,
        'NAME_AMBIGUOUS',
        `${names.join(' OF ')} is the name of ${found.length} items`,
        'a name qualified by OF and its group',
      );
    }
    const counter = found[0];
    if (counter === undefined) continue;
    if (!isInteger(counter))
      fail(item, 'COUNTER_TYPE', `${names.join(' OF ')} is no integer`, 'a numeric item without decimals');
    item.occurs.counter = counter;
  }
}

/**
 * Demand what `shifted` and `padded` need: every counter in the record and before its table.
 *
 * Throws a CopybookError (`COUNTER_UNKNOWN`, `COUNTER_BEHIND`); under `maximum` anything goes, positions being fixed.
 */
export function checkCounters(record: RecordLayout, odo: OdoRule): void {
  if (odo === 'maximum') return;
  for (const item of record.items) {
    const { occurs } = item;
    if (occurs === null || occurs.counterName === null) continue;
    const hint = '--odo maximum reads tables that always take all their slots';
    if (occurs.counter === null) {
      fail(
        item,
        'COUNTER_UNKNOWN',
        `${occurs.counterName} is no item of record ${record.name}`,
        'an item that stands before the table',
        hint,
      );
    }
    if (occurs.counter.index > item.index) {
      fail(
        item,
        'COUNTER_BEHIND',
        `${occurs.counterName} stands behind its table`,
        'an item that stands before the table',
        hint,
      );
    }
  }
}

function isInteger(item: DraftItem): boolean {
  const { type } = item;
  if (type?.kind === 'bits') return true;
  return (type?.kind === 'zoned' || type?.kind === 'packed' || type?.kind === 'binary') && type.scale <= 0;
}

function fail(item: LayoutItem, code: Code, message: string, expected: string, hint?: string): never {
  throw new CopybookError({
    code,
    severity: 'error',
    position: item.position,
    message: `OCCURS DEPENDING ON of ${item.name ?? 'FILLER'}: ${message}`,
    expected,
    hint,
  });
}
