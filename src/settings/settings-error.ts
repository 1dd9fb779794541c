import { type Diagnostic, formatDiagnostic } from '../copybook/copybook-error.ts';
import { OverpunchError } from '../errors.ts';

/** What is wrong with, or odd about, a file of settings; mistakes of copybooks that it names are among them, with their own places. */
export type SettingsProblem = Diagnostic;

const shown = 50; // more of them say nothing new

/** Thrown for settings that cannot be used: all that is wrong with it. `message` is the whole report, carets included. */
export class SettingsError extends OverpunchError {
  readonly problems: readonly SettingsProblem[];

  constructor(problems: readonly SettingsProblem[]) {
    const [first] = problems;
    if (first === undefined) throw new RangeError('settings without problems are no error');
    const lines = problems.slice(0, shown).map(formatDiagnostic);
    if (problems.length > shown) lines.push(`… and ${problems.length - shown} more`);
    super(first.code, lines.join('\n'), {
      exitStatus: 3,
      ...(first.hint === undefined ? {} : { hint: first.hint }),
    });
    this.name = 'SettingsError';
    this.problems = problems;
  }
}
