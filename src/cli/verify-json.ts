import { itemPath } from '../codec/item-path.ts';
import type { Extreme, FieldCount } from './field-statistics.ts';
import { type Findings, unusedFields } from './verify-findings.ts';

/** Show what a check found to programs: one JSON object. */
export function verifyJson({ files, tally, stopped, types, issues, records, hint }: Findings): string {
  const { account, written, bad, clean, notes, garbage, filtered, skipped, beyond } = tally;
  const counts = {
    records: tally.records,
    good: written - bad,
    bad,
    clean,
    notes,
    garbage,
    filtered,
    skipped,
    unread: beyond,
  };
  const shown = {
    files,
    stopped,
    ...counts,
    bytes: account,
    types,
    issues: issues.map(({ examples, ...rest }) => ({
      ...rest,
      examples: examples.map(({ place, issue }) => ({
        file: place.file,
        record: place.record,
        offset: place.offset + issue.offset,
        path: issue.path,
        length: issue.length,
        hex: issue.hex,
        expected: issue.expected,
      })),
    })),
    unused: records.flatMap(({ record, fields }) =>
      unusedFields(record, fields).map(({ item, why }) => ({ record: record.name, field: itemPath(item, []), why })),
    ),
    fields: records.flatMap(({ record, fields }) => fields.map((field) => fieldJson(record.name, field))),
    hint,
  };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

function fieldJson(record: string, field: FieldCount): object {
  const { item, count, nulls, zeros, blanks, lowest, highest, longest } = field;
  return {
    record,
    field: itemPath(item, []),
    count,
    nulls,
    zeros,
    blanks,
    ...(lowest === null ? {} : { lowest: extremeJson(lowest) }),
    ...(highest === null ? {} : { highest: extremeJson(highest) }),
    ...(longest === null ? {} : { longest: { length: longest.length, ...extremeJson(longest) } }),
  };
}

function extremeJson({ text, place }: Extreme): object {
  return { value: text, file: place.file, record: place.record };
}
