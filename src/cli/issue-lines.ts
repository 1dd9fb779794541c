import { printable } from '../bytes/printable.ts';
import type { Issue } from '../codec/issue.ts';
import { codes } from '../errors.ts';
import type { Screen } from './screen.ts';
import { wrapText } from './wrap-text.ts';

/** Show an issue where it occurs: its code, what the code means, and what should have been there. */
export function issueLines(issue: Issue, indent: number, screen: Screen): readonly string[] {
  const { code, severity, expected } = issue;
  const paint = severity === 'error' ? screen.red : screen.yellow;
  const text = printable(`${severity} ${code} (${codes[code]}): ${expected}`);
  return wrapText(text, Math.max(20, screen.width - indent - 2)).map(
    (line, index) => `${' '.repeat(indent)}${paint(`${index === 0 ? '' : '  '}${line}`)}`,
  );
}
