import { buildItems } from './build-items.ts';
import { CopybookError, type Diagnostic } from './copybook-error.ts';
import { type DialectOptions, type OdoRule, resolveDialect } from './dialect.ts';
import type { DraftItem } from './draft-item.ts';
import type { Layout, LayoutRenames, RecordLayout } from './layout.ts';
import { NameIndex } from './name-index.ts';
import { placeItems } from './place-items.ts';
import { checkCounters, resolveCounters } from './resolve-counters.ts';
import { resolveRedefines } from './resolve-redefines.ts';
import { resolveRenames } from './resolve-renames.ts';
import { shortestBits } from './shortest-bits.ts';
import type { Copybook, RecordEntry } from './syntax.ts';

/**
 * Lay out a copybook: give every item its type, offset and length under a dialect (default `ibm`).
 *
 * Throws a CopybookError at the first mistake. Oddities that can be read all the same are in `warnings`.
 */
export function layoutOf(copybook: Copybook, options: DialectOptions = {}): Layout {
  const dialect = resolveDialect(options);
  const warnings: Diagnostic[] = [...copybook.warnings];
  const records: RecordLayout[] = [];
  const byName = new Map<string, RecordLayout>();
  for (const entry of copybook.records) {
    const items = buildItems(entry, dialect, copybook);
    const root = items[0];
    if (root === undefined) throw new RangeError('a record has at least one item');
    resolveRedefines(root);
    redefineRecord(root, byName);
    placeItems(root, dialect.sync, warnings);
    const index = new NameIndex(items);
    resolveCounters(items, index);
    warnAboutDigits(items, dialect.maximumDigits, warnings);
    const record = finishRecord(entry, root, items, resolveRenames(entry.renames, index), dialect.odo);
    records.push(record);
    byName.set(record.name.toUpperCase(), record);
  }
  // Of several records only those that are read must have usable counters: `createCodec` checks them.
  const [only] = records;
  if (only !== undefined && records.length === 1) checkCounters(only, dialect.odo);
  const { decimalComma, currency } = copybook;
  return { records, dialect, decimalComma, currency, warnings };
}

function finishRecord(
  { name }: RecordEntry,
  root: DraftItem,
  items: readonly DraftItem[],
  renames: readonly LayoutRenames[],
  odo: OdoRule,
): RecordLayout {
  const maximumLength = root.length;
  const minimumLength = odo === 'shifted' ? Math.ceil(shortestBits(root) / 8) : maximumLength;
  return { name, root, items, renames, minimumLength, maximumLength };
}

/** A level 01 that redefines another describes the same bytes, as every 01 of a file does. */
function redefineRecord(root: DraftItem, records: ReadonlyMap<string, RecordLayout>): void {
  const clause = root.entry?.redefines ?? null;
  if (clause === null) return;
  const target = records.get(clause.name.toUpperCase());
  if (target === undefined) {
    throw new CopybookError({
      code: 'REDEFINES_UNKNOWN',
      severity: 'error',
      position: clause.position,
      message: `${root.name ?? 'FILLER'} redefines ${clause.name}, which is no record before it`,
      expected: 'the name of an earlier level 01 item',
    });
  }
  root.redefines = target.root as DraftItem;
}

function warnAboutDigits(items: readonly DraftItem[], maximum: number, warnings: Diagnostic[]): void {
  for (const item of items) {
    const { type } = item;
    if (type === null || !('digits' in type) || type.digits <= maximum) continue;
    warnings.push({
      code: 'DIGITS',
      severity: 'warning',
      position: item.position,
      message: `${item.name ?? 'FILLER'} has ${type.digits} digits, more than the ${maximum} of this dialect; it is read all the same`,
      hint: maximum === 18 ? 'Enterprise COBOL takes up to 31 with ARITH(EXTEND)' : undefined,
    });
  }
}
