import { printable } from '../bytes/printable.ts';
import type { EncodeIssue } from '../codec/encode-issue.ts';
import type { Code } from '../errors.ts';

/** A problem of a line, with the place of what it is about. */
export interface EncodeProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly issue: EncodeIssue;
}

const shownErrors = 10; // more of the same say nothing new; the rest is counted

/** Writes problems of lines for people: the first ones one a line, the others counted by code. */
export class EncodeReport {
  readonly #write: (text: string) => void;
  readonly #verbose: boolean;
  readonly #counts = new Map<Code, number>();
  #shown = 0;
  #hidden = 0;

  constructor(write: (text: string) => void, verbose: boolean) {
    this.#write = write;
    this.#verbose = verbose;
  }

  add(problems: readonly EncodeProblem[]): void {
    for (const problem of problems) {
      const { code } = problem.issue;
      this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
      if (this.#verbose || this.#shown < shownErrors) {
        this.#shown += 1;
        this.#write(`${encodeProblemLine(problem)}\n`);
      } else {
        this.#hidden += 1;
      }
    }
  }

  /** How many problems had a code. */
  count(code: Code): number {
    return this.#counts.get(code) ?? 0;
  }

  /** `… and N more errors`, then every code with its count. */
  finish(): void {
    if (this.#hidden > 0) this.#write(`… and ${this.#hidden} more ${this.#hidden === 1 ? 'error' : 'errors'}\n`);
    if (this.#counts.size === 0) return;
    const counts = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, count]) => `${code} ${count}`);
    this.#write(`issues: ${counts.join(', ')}\n`);
  }
}

/** Write a problem as `FILE:LINE:COLUMN: CODE: PATH: expected …, got …`. */
export function encodeProblemLine({ file, line, column, issue }: EncodeProblem): string {
  const path = issue.path === '' ? '' : `${issue.path}: `;
  const got = issue.value === '' ? '' : `, got ${issue.value}`;
  return printable(`${file}:${line}:${column}: ${issue.code}: ${path}expected ${issue.expected}${got}`);
}
