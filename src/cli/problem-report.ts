import { printable } from '../bytes/printable.ts';
import type { Issue } from '../codec/issue.ts';
import type { Code } from '../errors.ts';

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

/** What a report has found: the lines that it wrote, issues by code, and how many errors it did not write. */
export interface ReportPart {
  readonly lines: readonly string[];
  readonly counts: ReadonlyMap<Code, number>;
  readonly hidden: number;
}

const shownErrors = 10; // more of the same say nothing new; the rest is counted

/** Writes problems of the data for people: the first errors one a line, the others counted by code. */
export class ProblemReport {
  readonly #write: (text: string) => void;
  readonly #verbose: boolean;
  readonly #counts = new Map<Code, number>();
  #shown = 0;
  #hidden = 0;

  constructor(write: (text: string) => void, verbose: boolean) {
    this.#write = write;
    this.#verbose = verbose;
  }

  add(place: Place, issues: readonly Issue[]): void {
    for (const issue of issues) {
      this.#counts.set(issue.code, (this.#counts.get(issue.code) ?? 0) + 1);
      if (this.#verbose || (issue.severity === 'error' && this.#shown < shownErrors)) {
        if (issue.severity === 'error') this.#shown += 1;
        this.#write(`${problemLine(place, issue)}\n`);
      } else if (issue.severity === 'error') {
        this.#hidden += 1;
      }
    }
  }

  /** What it has found, but for the lines. */
  get rest(): Omit<ReportPart, 'lines'> {
    return { counts: this.#counts, hidden: this.#hidden };
  }

  /** Add what another report has found in what comes next, so that the two are as one. */
  merge({ lines, counts, hidden }: ReportPart): void {
    for (const line of lines) {
      // Without `verbose` each line is an error.
      if (this.#verbose || this.#shown < shownErrors) {
        this.#shown += 1;
        this.#write(line);
      } else {
        this.#hidden += 1;
      }
    }
    for (const [code, count] of counts) this.#counts.set(code, (this.#counts.get(code) ?? 0) + count);
    this.#hidden += hidden;
  }

  /** `… and N more errors`, then every code with its count. */
  finish(): void {
    if (this.#hidden > 0) this.#write(`… and ${this.#hidden} more ${this.#hidden === 1 ? 'error' : 'errors'}\n`);
    if (this.#counts.size === 0) return;
    const counts = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, count]) => `${code} ${count}`);
    this.#write(`issues: ${counts.join(', ')}\n`);
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
