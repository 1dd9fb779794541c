import type { Code } from '../errors.ts';
import { CopybookError, type Diagnostic } from './copybook-error.ts';
import type { SourcePosition } from './source-position.ts';

/** Make the diagnostic of a mistake in the source text. */
export function sourceDiagnostic(
  code: Code,
  position: SourcePosition,
  message: string,
  advice: { readonly expected?: string; readonly hint?: string } = {},
): Diagnostic {
  return { code, severity: 'error', position, message, ...advice };
}

/** Make the error of a mistake in the source text. */
export function sourceMistake(
  code: Code,
  position: SourcePosition,
  message: string,
  advice: { readonly expected?: string; readonly hint?: string } = {},
): CopybookError {
  return new CopybookError(sourceDiagnostic(code, position, message, advice));
}
