import { printable } from '../bytes/printable.ts';
import { itemPath } from '../codec/item-path.ts';
import { formatAccount } from '../frames/byte-account.ts';
import type { Extreme, FieldCount } from './field-statistics.ts';
import type { IssueCount } from './issue-statistics.ts';
import { problemLine } from './problem-report.ts';
import { textTable } from './text-table.ts';
import { type Findings, unusedFields } from './verify-findings.ts';

/** Show what a check found to people. */
export function verifyText(findings: Findings): string {
  const { tally, types, issues, records, stopped } = findings;
  const sections = [summary(findings)];
  const several = findings.files.length > 1;
  if (stopped !== 'end') sections.push(`stopped by --${stopped}: what follows is about what was read until then\n`);
  if (types.length > 0) {
    const rows = types.map(({ record, view, records: count, bad }) => [record, view ?? '', `${count}`, `${bad}`]);
    sections.push(textTable(['TYPE', 'VIEW', 'RECORDS', 'BAD'], rows, new Set([2, 3])));
  }
  if (issues.length > 0) {
    sections.push(textTable(['CODE', 'SEVERITY', 'COUNT', 'FIELD'], issues.flatMap(issueRows), new Set([2])));
  }
  if (tally.written > 0) {
    for (const { record, fields } of records) {
      if (fields.every(({ count }) => count === 0)) continue;
      if (records.length > 1) sections.push(`${printable(record.name)}:\n`);
      const unused = unusedFields(record, fields).map(({ item, why }) => [itemPath(item, []), why]);
      if (unused.length > 0) sections.push(textTable(['NEVER USED', 'WHY'], unused));
      const numbers = fields.flatMap((field) => numberRow(field, several));
      const heading = ['NUMBER', 'LOWEST', 'RECORD', 'HIGHEST', 'RECORD'];
      if (numbers.length > 0) sections.push(textTable(heading, numbers, new Set([1, 2, 3, 4])));
      const texts = fields.flatMap((field) => textRow(field, several));
      if (texts.length > 0)
        sections.push(textTable(['TEXT', 'LENGTH', 'LONGEST', 'RECORD', 'WHICH'], texts, new Set([1, 2, 3])));
    }
  }
  return sections.join('\n');
}

function summary({ files, tally }: Findings): string {
  const { records, written, bad, clean, notes, filtered, skipped, beyond, garbage, account } = tally;
  const terms = [`good ${written - bad}`, `bad ${bad}`];
  if (filtered > 0) terms.push(`filtered ${filtered}`);
  if (skipped > 0) terms.push(`skipped ${skipped}`);
  if (beyond > 0) terms.push(`unread ${beyond}`);
  const more = [`${clean} clean`, `${notes} ${notes === 1 ? 'note' : 'notes'}`];
  if (garbage > 0) more.push(`${garbage} ${garbage === 1 ? 'run' : 'runs'} of garbage`);
  const what = files.length === 1 ? '' : `${files.length} files: `;
  return `${what}records ${records} = ${terms.join(' + ')}; ${more.join(', ')}\n${formatAccount(account)}\n`;
}

function issueRows({ code, severity, field, count, examples }: IssueCount): readonly (readonly string[] | string)[] {
  return [
    [code, severity, `${count}`, field],
    ...examples.map(
      ({ place, issue }) => `    ${problemLine(place, issue).replace(`: ${code}: `, ': ').replace(': note: ', ': ')}`,
    ),
  ];
}

function numberRow({ item, lowest, highest }: FieldCount, several: boolean): readonly (readonly string[])[] {
  if (lowest === null || highest === null) return [];
  return [[itemPath(item, []), lowest.text, recordText(lowest, several), highest.text, recordText(highest, several)]];
}

function textRow({ item, longest }: FieldCount, several: boolean): readonly (readonly string[])[] {
  if (longest === null) return [];
  const { text, length } = longest;
  const shown = text.length < length ? `${text}…` : text;
  return [[itemPath(item, []), `${item.length}`, `${length}`, recordText(longest, several), shown]];
}

/** The record a value first stood in; with its file when there are several. */
function recordText({ place: { file, record } }: Extreme, several: boolean): string {
  return `${several ? `${file}#` : ''}${record ?? ''}`;
}
