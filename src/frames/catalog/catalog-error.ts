import { type Diagnostic, formatDiagnostic } from '../../copybook/copybook-error.ts';
import { OverpunchError } from '../../errors.ts';

/** What is wrong with, or odd about, a catalog: mistakes of its copybooks are among them, with their own places. */
export type CatalogProblem = Diagnostic;

const shown = 50; // more of them say nothing new

/** Thrown for a catalog that cannot be used: all that is wrong with it. `message` is the whole report, carets included. */
export class CatalogError extends OverpunchError {
  readonly problems: readonly CatalogProblem[];

  constructor(problems: readonly CatalogProblem[]) {
    const [first] = problems;
    if (first === undefined) throw new RangeError('a catalog without problems is no error');
    const lines = problems.slice(0, shown).map(formatDiagnostic);
    if (problems.length > shown) lines.push(`… and ${problems.length - shown} more`);
    super(first.code, lines.join('\n'), {
      exitStatus: 3,
      ...(first.hint === undefined ? {} : { hint: first.hint }),
    });
    this.name = 'CatalogError';
    this.problems = problems;
  }
}
