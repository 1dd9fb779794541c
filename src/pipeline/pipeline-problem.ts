import type { SourcePosition } from '../copybook/source-position.ts';
import type { Code } from '../errors.ts';
import type { SettingsProblem } from '../settings/settings-error.ts';

/** Say what is wrong at a place of a pipeline. */
export function pipelineProblem(
  code: Code,
  position: SourcePosition,
  message: string,
  expected: string,
  hint: string,
): SettingsProblem {
  return { code, severity: 'error', position, message, expected, hint };
}
