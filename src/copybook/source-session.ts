import { buildProgramText } from './build-program-text.ts';
import type { CopyLibrary } from './copy-library.ts';
import type { Diagnostic } from './copybook-error.ts';
import { detectReferenceFormat } from './reference-format.ts';
import type { SourceBudget } from './source-budget.ts';
import { TextWordScanner } from './text-word-scanner.ts';

/** Which COPY statements count where the reader is now: it changes from division to division. */
export type CopyPolicy =
  | 'required' // a member that is not found is an error
  | 'optional' // a member that is not found is passed over
  | 'ignored'; // the word COPY has no meaning, as in comment entries

/** What all the files of one copybook share while it is read. */
export interface SourceSession {
  readonly library: CopyLibrary | undefined;
  readonly sourceFormat: 'auto' | 'fixed' | 'free';
  readonly budget: SourceBudget;
  readonly warnings: Diagnostic[];
  copyPolicy: CopyPolicy;
}

/** Start reading the words of one file, its reference format recognised if it is not told. */
export function openSource(session: SourceSession, file: string, text: string): TextWordScanner {
  const end = text.indexOf('\u001a'); // the DOS end of file
  const whole = end < 0 ? text : text.slice(0, end);
  // NEL ends lines only where nothing else does: in Windows text the same byte is an ellipsis, mostly within comments.
  const raw = /[\n\r]/.test(whole) ? whole : whole.replaceAll('\u0085', '\n');
  const guessed = session.sourceFormat === 'auto';
  const format = session.sourceFormat === 'auto' ? detectReferenceFormat(raw) : session.sourceFormat;
  const program = buildProgramText(file, raw, format, guessed);
  return new TextWordScanner(program, session.budget, (warning) => session.warnings.push(warning));
}
