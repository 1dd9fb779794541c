import type { SourcePosition } from '../copybook/source-position.ts';
import type { Code } from '../errors.ts';
import type { SettingsProblem } from './settings-error.ts';

/** What a condition is part of, for messages. */
export interface ConditionKind {
  readonly code: Code;
  /** What is expected where a mistake does not say so. */
  readonly expected: string;
}

/** A mistake in a condition, `at` characters behind its start. */
export interface ConditionMistake {
  readonly at: number;
  readonly message: string;
  readonly expected?: string | undefined;
  readonly hint?: string | undefined;
}

/** Leaves a compilation: what it throws carries the problem. */
export type Refuse = (mistake: ConditionMistake) => never;

/** Leaves the compilation of a condition with a problem. */
export class ConditionRefusal extends Error {
  readonly problem: SettingsProblem;

  constructor(problem: SettingsProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Make the problem of a mistake in a condition that starts at a position. */
export function conditionProblem(
  text: string,
  position: SourcePosition,
  kind: ConditionKind,
  mistake: ConditionMistake,
): SettingsProblem {
  const { message, expected = kind.expected, hint } = mistake;
  return {
    code: kind.code,
    severity: 'error',
    position: placeIn(text, position, mistake.at),
    message,
    expected,
    hint,
  };
}

/** Where a character of a condition stands; where the condition starts when the file writes it in another way. */
export function placeIn(text: string, position: SourcePosition, at: number): SourcePosition {
  const start = position.lineText.indexOf(text, position.column - 1);
  // A quotation mark may stand before it, nothing else.
  if (start < 0 || start > position.column) return position;
  return { ...position, column: start + 1 + at };
}
