import type { Code } from '../errors.ts';
import type { FieldValue } from './reading.ts';

/** What is wrong or unusual about one value, before anyone knows its path. */
export interface Problem {
  readonly code: Code;
  readonly severity: 'error' | 'note';
  readonly expected: string;
}

/** What a field's bytes gave. */
export interface Scalar {
  readonly value: FieldValue;
  /** The exact decimal of a number, also of one that could not be given as `value`; `null` for text. */
  readonly digits: string | null;
  readonly problems: readonly Problem[];
}

/** Reads the bytes `start` to `end` of a record; `bit` is where a bit item starts in the first of them. */
export type FieldReader = (bytes: Uint8Array, start: number, end: number, bit: number) => Scalar;

/** Shared by everything that has no problems: most values. */
export const noProblems: readonly Problem[] = [];

/** A value that could not be read. */
export function unreadable(code: Code, expected: string, digits: string | null = null): Scalar {
  return { value: null, digits, problems: [{ code, severity: 'error', expected }] };
}

/** The note a value comes with. */
export function note(code: Code, expected: string): Problem {
  return { code, severity: 'note', expected };
}
