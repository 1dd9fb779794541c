import { toHex } from '../bytes/hex.ts';
import { printable } from '../bytes/printable.ts';
import type { Issue } from '../codec/issue.ts';
import type { Inspected } from './inspected.ts';
import { issueLines } from './issue-lines.ts';
import type { Screen } from './screen.ts';
import { bytesAsText } from './shown-bytes.ts';

const shownBytes = 65_536; // more fills no screen; --full shows all

/**
 * Show a record as ISPF does under HEX ON VERT: a ruler with columns from 1, the characters, the zones (high nibbles) and the digits
 * (low nibbles). Where something is wrong, a line below marks the bytes.
 */
export function* inspectVertical(inspected: Inspected, screen: Screen): Generator<string> {
  const { codepage, issues, full, frame } = inspected;
  const bytes = frame?.frame.plain ?? inspected.bytes;
  const text = bytesAsText(codepage);
  if (frame !== null && frame.sent !== null) yield screen.dim('decompressed:');
  const label = Math.max(6, String(bytes.length).length + 1);
  const perLine = Math.max(10, Math.floor((screen.width - label) / 10) * 10);
  const end = full ? bytes.length : Math.min(bytes.length, shownBytes);
  const located = issues.filter(({ path, length }) => path !== '' && length > 0);
  for (let at = 0; at < end; at += perLine) {
    const line = bytes.subarray(at, Math.min(at + perLine, end));
    const hex = toHex(line);
    const prefix = (content: string): string => content.padEnd(label);
    yield screen.dim(prefix(String(at + 1)) + ruler(at, line.length));
    yield prefix('') + screen.bold(text(line));
    yield prefix('') + everyOther(hex, 0);
    yield prefix('') + everyOther(hex, 1);
    const near = located.filter(({ offset, length }) => offset < at + line.length && offset + length > at);
    const marks = Array.from(line, (_, index) => markOf(at + index, near));
    if (marks.some((mark) => mark !== ' ')) yield prefix('') + screen.red(marks.join(''));
    yield '';
  }
  if (end < bytes.length) yield screen.dim(`${bytes.length - end} more bytes; --full shows them`);
  for (const issue of located) {
    const { offset, length, path } = issue;
    yield `${columns(offset, length)} ${printable(path)}`;
    yield* issueLines(issue, 2, screen);
  }
}

function markOf(byte: number, issues: readonly Issue[]): string {
  const here = issues.filter(({ offset, length }) => byte >= offset && byte < offset + length);
  if (here.length === 0) return ' ';
  return here.some(({ severity }) => severity === 'error') ? '^' : '~';
}

/** Columns from 1, as ISPF counts them: `----+----1----+----2`. */
function ruler(from: number, length: number): string {
  let line = '';
  for (let column = from + 1; column <= from + length; column++) {
    if (column % 10 === 0) line += String((column / 10) % 10);
    else line += column % 5 === 0 ? '+' : '-';
  }
  return line;
}

function everyOther(hex: string, first: number): string {
  let line = '';
  for (let at = first; at < hex.length; at += 2) line += hex.charAt(at);
  return line;
}

function columns(offset: number, length: number): string {
  return length === 1 ? `column ${offset + 1}` : `columns ${offset + 1}-${offset + length}`;
}
