import { printable } from '../bytes/printable.ts';
import type { FrameType } from '../frames/catalog/catalog.ts';
import type { FrameHead } from '../frames/catalog/frame-reading.ts';
import type { Inspected } from './inspected.ts';
import { issueLines } from './issue-lines.ts';
import { timeText } from './record-members.ts';
import type { Screen } from './screen.ts';

/** Say which record is shown and where it lies, how it is, and what is wrong with it as a whole. */
export function* inspectHeading(inspected: Inspected, screen: Screen): Generator<string> {
  const { place, bytes, explained, frame, issues, recordIssues } = inspected;
  const what = place.record === null ? 'bytes that are no record' : `record ${place.record}`;
  const hex = place.offset.toString(16).toUpperCase();
  const parts = [`${place.file} ${what}`, `${bytes.length} bytes at offset ${place.offset} (X'${hex}')`];
  if (frame !== null) parts.push(frame.frame.type === null ? 'of no type of the catalog' : typeText(frame.frame.type));
  if (explained !== null && (frame === null || frame.frame.explained !== null)) parts.push(explained.record.name);
  if (explained !== null && explained.view !== null) parts.push(`view ${explained.view}`);
  yield screen.bold(printable(parts.join(', ')));
  if (frame !== null) yield printable(headText(frame.frame));
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const notes = issues.length - errors;
  const counts = `${counted(errors, 'error')}, ${counted(notes, 'note')}`;
  yield errors > 0 ? screen.red(counts) : notes > 0 ? screen.yellow(counts) : counts;
  for (const issue of recordIssues) {
    if (issue.path !== '') yield `  ${printable(issue.path)}`;
    yield* issueLines(issue, issue.path === '' ? 2 : 4, screen);
  }
  yield '';
}

function typeText({ name, title, role }: FrameType): string {
  return [`${role} ${name}`, ...(title === '' ? [] : [title])].join(': ');
}

function headText({ key, sequence, time }: FrameHead): string {
  const texts = [`key ${key ?? 'unreadable'}`];
  if (sequence !== null) texts.push(`sequence ${sequence}`);
  if (time !== null) texts.push(timeText(time) ?? `time ${time}`);
  return texts.join(', ');
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
