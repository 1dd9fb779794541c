import type { Code } from '../errors.ts';
import { CopybookError } from './copybook-error.ts';
import type { DataEntry } from './syntax.ts';

/** Throw the CopybookError `NAME what` at a data description entry. */
export function refuseEntry(entry: DataEntry, code: Code, what: string, expected: string): never {
  const message = `${entry.name ?? 'FILLER'} ${what}`;
  throw new CopybookError({ code, severity: 'error', position: entry.position, message, expected });
}
