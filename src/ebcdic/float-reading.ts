import type { Code } from '../errors.ts';

/** What is unusual about a floating-point field that was read. */
export type FloatNote = Extract<Code, 'FLOAT_INEXACT' | 'FLOAT_UNNORMALISED' | 'MINUS_ZERO'>;

/** A floating-point field as it was read. Its decimal form is the shortest one of the double, also for 4-byte fields. */
export interface FloatValue {
  /** Finite and never −0. */
  readonly value: number;
  readonly notes: readonly FloatNote[];
}

/** The outcome of reading a floating-point field: `'error' in reading` tells the two apart. */
export type FloatReading = FloatValue | { readonly error: 'FLOAT_NOT_FINITE'; readonly expected: string };
