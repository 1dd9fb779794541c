import { printable } from '../bytes/printable.ts';
import type { Issue } from '../codec/issue.ts';
import { type ReportPart, ShownProblems } from './shown-problems.ts';

/** Where a record or a piece of garbage stands. */
export interface Place {
  readonly file: string;
  readonly record: number | null;
  readonly offset: number;
  /** The line, of input that is read as lines of JSON. */
  readonly line?: number;
  /** Where bytes of the record as it was read lie in it as it was sent, when that may be elsewhere. */
  readonly within?: (offset: number) => number;
}

/** Writes problems of the data for people: the first errors one a line, the others counted by code. */
export class ProblemReport {
  readonly #shown: ShownProblems;

  constructor(write: (text: string) => void, verbose: boolean) {
    this.#shown = new ShownProblems(write, verbose);
  }

  add(place: Place, issues: readonly Issue[]): void {
    for (const issue of issues) this.#shown.add(issue.code, issue.severity, () => problemLine(place, issue));
  }

  /** What it has found, but for the lines. */
  get rest(): Omit<ReportPart, 'lines'> {
    return this.#shown.rest;
  }

  /** Add what another report has found in what comes next, so that the two are as one. */
  merge(part: ReportPart): void {
    this.#shown.merge(part);
  }

  finish(): void {
    this.#shown.finish();
  }
}

/** Write a problem as `FILE@OFFSET record N PATH: CODE: text` or `FILE:LINE:COLUMN: CODE: text`, with the bytes it is about. */
export function problemLine({ file, record, offset, line, within }: Place, issue: Issue): string {
  const distance = within === undefined ? issue.offset : within(issue.offset);
  const place = [line === undefined ? `${file}@${offset + distance}` : `${file}:${line}:1`];
  if (record !== null) place.push(`record ${record}`);
  if (issue.path !== '') place.push(issue.path);
  const note = issue.severity === 'note' ? 'note: ' : '';
  const hex = issue.hex.length > 64 ? `${issue.hex.slice(0, 64)}…` : issue.hex;
  return printable(`${place.join(' ')}: ${issue.code}: ${note}${issue.expected}${hex === '' ? '' : ` (X'${hex}')`}`);
}
