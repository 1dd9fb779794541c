import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';
import type { DecodeTally } from './decode-tally.ts';
import type { FieldCount } from './field-statistics.ts';
import type { IssueCount } from './issue-statistics.ts';

/** What a check of files found. */
export interface Findings {
  readonly files: readonly string[];
  readonly tally: DecodeTally;
  readonly stopped: 'end' | 'limit' | 'max-errors' | 'strict';
  readonly types: readonly TypeCount[];
  readonly issues: readonly IssueCount[];
  readonly records: readonly { readonly record: RecordLayout; readonly fields: readonly FieldCount[] }[];
  /** What is probably wrong, and what to try. */
  readonly hint: string | null;
}

/** Records of one 01 and one view. */
export interface TypeCount {
  readonly record: string;
  readonly view: string | null;
  records: number;
  bad: number;
}

/** A field, or a group of them, that no record uses. */
export interface UnusedField {
  readonly item: LayoutItem;
  readonly why: 'never present' | 'always blank' | 'always zero' | 'never readable' | 'always blank or zero';
}

/** Find what no record uses. A group that is never present stands for all in it. */
export function unusedFields(record: RecordLayout, fields: readonly FieldCount[]): readonly UnusedField[] {
  const present = new Set<LayoutItem>();
  const known = new Set<LayoutItem>();
  for (const { item, count } of fields) {
    for (let at: LayoutItem | null = item; at !== null; at = at.parent) {
      known.add(at);
      if (count > 0) present.add(at);
    }
  }
  const byItem = new Map(fields.map((field) => [field.item, field]));
  return record.items.flatMap((item): readonly UnusedField[] => {
    if (!known.has(item)) return [];
    if (!present.has(item)) {
      const covered = item.parent !== null && !present.has(item.parent);
      return covered ? [] : [{ item, why: 'never present' }];
    }
    const field = byItem.get(item);
    const why = field === undefined ? null : reasonOf(field);
    return why === null ? [] : [{ item, why }];
  });
}

/** What cannot be read says nothing about the use of a field, unless nothing can be read. */
function reasonOf({ count, nulls, zeros, blanks }: FieldCount): UnusedField['why'] | null {
  if (nulls === count) return 'never readable';
  if (zeros + blanks < count - nulls) return null;
  if (zeros === 0) return 'always blank';
  return blanks === 0 ? 'always zero' : 'always blank or zero';
}
