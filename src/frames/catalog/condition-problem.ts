import type { SourcePosition } from '../../copybook/source-position.ts';
import type { SettingsProblem } from '../../settings/settings-error.ts';

/** A mistake in a condition, `at` characters behind its start. */
export interface ConditionMistake {
  readonly at: number;
  readonly message: string;
  readonly expected?: string | undefined;
  readonly hint?: string | undefined;
}

/** Make the problem of a mistake in a condition that starts at a position. */
export function conditionProblem(text: string, position: SourcePosition, mistake: ConditionMistake): SettingsProblem {
  const { message, expected = "a condition in CEL, such as 'response.STATUS == 0'", hint } = mistake;
  return {
    code: 'CATALOG_CONDITION',
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
