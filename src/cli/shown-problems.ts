import type { Issue } from '../codec/issue.ts';
import type { Code } from '../errors.ts';

/** What a report has found: the lines that it wrote, issues by code, and how many errors it did not write. */
export interface ReportPart {
  readonly lines: readonly string[];
  readonly counts: ReadonlyMap<Code, number>;
  readonly hidden: number;
}

const shownErrors = 10; // more of the same say nothing new; the rest is counted

/** Writes the first errors, one a line, and counts all problems by code. With `verbose` every problem has its line. */
export class ShownProblems {
  readonly #write: (text: string) => void;
  readonly #verbose: boolean;
  readonly #counts = new Map<Code, number>();
  #shown = 0;
  #hidden = 0;

  constructor(write: (text: string) => void, verbose: boolean) {
    this.#write = write;
    this.#verbose = verbose;
  }

  /** Add a problem. `line` gives its line, without the line end, when it is to be shown. */
  add(code: Code, severity: Issue['severity'], line: () => string): void {
    this.#counts.set(code, this.count(code) + 1);
    if (this.#verbose || (severity === 'error' && this.#shown < shownErrors)) {
      if (severity === 'error') this.#shown += 1;
      this.#write(`${line()}\n`);
    } else if (severity === 'error') {
      this.#hidden += 1;
    }
  }

  /** How many problems had a code. */
  count(code: Code): number {
    return this.#counts.get(code) ?? 0;
  }

  /** What it has found, but for the lines. */
  get rest(): Omit<ReportPart, 'lines'> {
    return { counts: this.#counts, hidden: this.#hidden };
  }

  /** Add what came of what comes next, so that the two are as one. */
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
    for (const [code, count] of counts) this.#counts.set(code, this.count(code) + count);
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
