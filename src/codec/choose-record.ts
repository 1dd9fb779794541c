import { printable } from '../bytes/printable.ts';
import { ambiguousName, matchItems, unknownName } from '../copybook/find-item.ts';
import type { Layout, LayoutItem, RecordLayout } from '../copybook/layout.ts';
import { OverpunchError } from '../errors.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { parseRule } from './rule-syntax.ts';

/** A rule of `recordWhen`: take `record` when `item`, which may be of another 01 of the same bytes, has one of the values. */
export interface RecordRule {
  readonly item: LayoutItem;
  readonly itemRecord: RecordLayout;
  readonly values: readonly string[];
  readonly record: RecordLayout;
}

/** The records a codec reads, and how it tells them apart. */
export interface RecordChoice {
  readonly records: readonly RecordLayout[];
  /** Tried in order; empty when there is one record. */
  readonly rules: readonly RecordRule[];
}

/**
 * Decide which 01 is read: the only one, the one `record` names, or by `recordWhen` rules.
 *
 * Throws USAGE, with the names, when there are several and nothing decides; UNKNOWN_NAME for others.
 */
export function chooseRecords(layout: Layout, options: ResolvedOptions): RecordChoice {
  const { records } = layout;
  const names = records.map((record) => record.name).join(', ');
  if (options.record !== null && options.recordWhen.length > 0) {
    throw new OverpunchError('USAGE', '--record and --record-when are both given');
  }
  if (options.record !== null) return { records: [recordNamed(records, options.record)], rules: [] };
  if (options.recordWhen.length > 0) {
    const rules = options.recordWhen.map((text) => parseRecordRule(text, records));
    return { records: records.filter((record) => rules.some((rule) => rule.record === record)), rules };
  }
  if (records.length !== 1) {
    throw new OverpunchError('USAGE', printable(`the copybook has ${records.length} records: ${names}`), {
      hint: 'choose one with --record NAME, or by a field with --record-when FIELD:V1,V2=NAME',
    });
  }
  return { records, rules: [] };
}

function parseRecordRule(text: string, records: readonly RecordLayout[]): RecordRule {
  const { field, values, target } = parseRule(text);
  if (field === null) {
    throw new OverpunchError('USAGE', printable(`${text} names no values`), { hint: 'write FIELD:V1,V2=NAME' });
  }
  const record = recordNamed(records, target);
  // The record's own field is meant if it has one; else that of the first record that has.
  for (const candidate of [record, ...records]) {
    const found = matchItems(candidate, field);
    const [item] = found;
    if (item === undefined) continue;
    if (found.length > 1) throw ambiguousName(found, field);
    if (item.type === null)
      throw new OverpunchError('USAGE', printable(`${item.path} is a group, and has no value to choose by`));
    return { item, itemRecord: candidate, values, record };
  }
  throw unknownName(records, field);
}

function recordNamed(records: readonly RecordLayout[], name: string): RecordLayout {
  const found = records.filter((record) => record.name.toUpperCase() === name.trim().toUpperCase());
  const [first] = found;
  if (first !== undefined) return first;
  const names = records.map((record) => record.name).join(', ');
  throw new OverpunchError('UNKNOWN_NAME', printable(`the copybook has no record ${name}; it has ${names}`));
}
