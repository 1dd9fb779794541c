import { printable } from '../bytes/printable.ts';
import { type Code, OverpunchError } from '../errors.ts';
import type { SourcePosition } from './source-position.ts';
import { standingAdvice } from './standing-advice.ts';

/** A mistake or an oddity in a copybook or catalog, with its place and what to do about it. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: 'error' | 'warning' | 'note';
  readonly position: SourcePosition;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** What would have been right here. */
  readonly expected?: string | undefined;
  /** What to do. */
  readonly hint?: string | undefined;
}

/** Thrown for a copybook that cannot be used: the first mistake found. `message` is the whole report, caret included. */
export class CopybookError extends OverpunchError {
  readonly diagnostic: Diagnostic;

  constructor(mistake: Diagnostic) {
    const advice = standingAdvice.get(mistake.code);
    const diagnostic = {
      ...mistake,
      message: shorten(mistake.message),
      expected: mistake.expected ?? advice?.expected,
      hint: mistake.hint ?? advice?.hint,
    };
    super(diagnostic.code, formatDiagnostic(diagnostic), {
      exitStatus: 3,
      ...(diagnostic.hint === undefined ? {} : { hint: diagnostic.hint }),
    });
    this.name = 'CopybookError';
    this.diagnostic = diagnostic;
  }
}

const longestMessage = 400; // characters: names and pictures in it may be as long as the file

function shorten(message: string): string {
  return message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
}

const longestExcerpt = 200; // characters: a line may be as long as the file

/** The part of the line that a message shows, and the index of the caret in it. */
function excerpt({ lineText, column }: SourcePosition): { readonly shown: string; readonly caret: number } {
  if (lineText.length <= longestExcerpt) return { shown: lineText, caret: column - 1 };
  const start = Math.max(0, column - 1 - longestExcerpt / 2);
  return { shown: lineText.slice(start, start + longestExcerpt), caret: column - 1 - start };
}

/**
 * Write a diagnostic for people: `FILE:LINE:COLUMN: CODE: text`, the source line, a caret, what was expected, a hint.
 * Control characters of the copybook are shown as `\xNN`.
 */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column } = diagnostic.position;
  const { shown, caret } = excerpt(diagnostic.position);
  const kind = diagnostic.severity === 'error' ? '' : `${diagnostic.severity}: `;
  const lines = [`${printable(file)}:${line}:${column}: ${diagnostic.code}: ${kind}${printable(diagnostic.message)}`];
  if (shown.trim() !== '') {
    const untabbed = (text: string): string => printable(text.replaceAll('\t', ' '));
    lines.push(`    ${untabbed(shown.trimEnd())}`);
    lines.push(`    ${' '.repeat(untabbed(shown.slice(0, caret)).length)}^`);
  }
  if (diagnostic.expected !== undefined) lines.push(`  expected: ${printable(diagnostic.expected)}`);
  if (diagnostic.hint !== undefined) lines.push(`  hint: ${printable(diagnostic.hint)}`);
  return lines.join('\n');
}
