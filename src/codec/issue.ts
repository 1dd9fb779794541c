import type { Code } from '../errors.ts';

/**
 * What is wrong or unusual about a value.
 *
 * An `error` means the value could not be read (it is `null`); a `note` means it was read, but writing it back would not
 * give the same bytes, or the writer did something unusual. `offset` and `length` are bytes from the record's start.
 */
export interface Issue {
  readonly code: Code;
  readonly severity: 'error' | 'note';
  /** Copybook names from the top of the record joined by `.`, with subscripts: `ORDER.LINE(2).PRICE`. `''` = the record. */
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  /** The bytes in upper-case hexadecimal, at most the first 32 KiB of them. */
  readonly hex: string;
  /** What should have been there, or what the value means, in words for people. */
  readonly expected: string;
}
