import type { Issue } from '../codec/issue.ts';
import type { Code } from '../errors.ts';
import type { Frame } from '../frames/piece.ts';
import { frameIssue } from '../frames/quarantine-line.ts';

/** What goes without saying of a record that the input cut, or whose length is wrong. */
const implied: ReadonlySet<Code> = new Set(['RECORD_SHORT', 'HEADER_LENGTH']);

/** Put what is wrong with the frame before what is wrong with its fields. */
export function issuesOf(
  { problem, bytes }: Pick<Frame, 'problem' | 'bytes'>,
  issues: readonly Issue[],
): readonly Issue[] {
  if (problem === null) return issues;
  return [frameIssue(problem, bytes), ...issues.filter(({ code }) => !implied.has(code))];
}
