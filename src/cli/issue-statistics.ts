import type { Issue } from '../codec/issue.ts';
import type { Code } from '../errors.ts';
import type { Place } from './problem-report.ts';

const keptExamples = 3; // enough to see what it is, and where to look

/** One kind of problem at one field. */
export interface IssueCount {
  readonly code: Code;
  readonly severity: Issue['severity'];
  /** Without subscripts; `''` for the record as a whole and for bytes that are no record. */
  readonly field: string;
  count: number;
  /** The first ones. */
  readonly examples: IssueExample[];
}

/** A problem, and the record it is in. */
export interface IssueExample {
  readonly place: Place;
  readonly issue: Issue;
}

/** Counts issues by code and field. Its size depends on the copybook alone. */
export class IssueStatistics {
  readonly #counts = new Map<string, IssueCount>();

  add(place: Place, issues: readonly Issue[]): void {
    for (const issue of issues) {
      const { code, severity } = issue;
      const field = issue.path.replaceAll(/\([0-9]+\)/g, '');
      const key = `${severity} ${code} ${field}`;
      let counted = this.#counts.get(key);
      if (counted === undefined) {
        counted = { code, severity, field, count: 0, examples: [] };
        this.#counts.set(key, counted);
      }
      counted.count += 1;
      if (counted.examples.length < keptExamples) counted.examples.push({ place, issue });
    }
  }

  /** Errors before notes, the most frequent first. */
  sorted(): readonly IssueCount[] {
    const rank = ({ severity, count }: IssueCount): number => (severity === 'error' ? 0 : 1) + 1 / (count + 2);
    return [...this.#counts.values()].sort((a, b) => rank(a) - rank(b) || (a.field < b.field ? -1 : 1));
  }
}
