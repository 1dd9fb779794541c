import { printable } from '../bytes/printable.ts';
import type { EncodeIssue } from '../codec/encode-issue.ts';
import type { Code } from '../errors.ts';
import { ShownProblems } from './shown-problems.ts';

/** A problem of a line, with the place of what it is about. */
export interface EncodeProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly issue: EncodeIssue;
}

/** Writes problems of lines for people: the first ones one a line, the others counted by code. */
export class EncodeReport {
  readonly #shown: ShownProblems;

  constructor(write: (text: string) => void, verbose: boolean) {
    this.#shown = new ShownProblems(write, verbose);
  }

  add(problems: readonly EncodeProblem[]): void {
    for (const problem of problems) this.#shown.add(problem.issue.code, 'error', () => encodeProblemLine(problem));
  }

  /** How many problems had a code. */
  count(code: Code): number {
    return this.#shown.count(code);
  }

  finish(): void {
    this.#shown.finish();
  }
}

/** Write a problem as `FILE:LINE:COLUMN: CODE: PATH: expected …, got …`. */
export function encodeProblemLine({ file, line, column, issue }: EncodeProblem): string {
  const path = issue.path === '' ? '' : `${issue.path}: `;
  const got = issue.value === '' ? '' : `, got ${issue.value}`;
  return printable(`${file}:${line}:${column}: ${issue.code}: ${path}expected ${issue.expected}${got}`);
}
