import type { Code } from '../errors.ts';

/** Where a piece came from before it was quarantined: the members `_file`, `_record`, `_offset` of its line. */
export interface Origin {
  readonly file: string;
  readonly record: number | null;
  readonly offset: number;
}

/** What is wrong with a frame, or unusual, before anyone has looked at its fields. */
export interface FrameProblem {
  readonly code: Code;
  readonly message: string;
  /** Default `error`. */
  readonly severity?: 'error' | 'note';
}

/**
 * One record as the file holds it, without its descriptor word, line end and skipped bytes.
 *
 * `offset` and `length` are its place in the input. They cover `bytes`, except under `quarantine`, where they cover the
 * line that holds the bytes in hexadecimal.
 */
export interface Frame {
  readonly kind: 'record';
  /** Counts from 1. */
  readonly recordNumber: number;
  readonly offset: number;
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly problem: FrameProblem | null;
  readonly origin: Origin | null;
  /** When it was captured, in milliseconds since 1970-01-01T00:00:00Z with fractions; `null` where the format does not tell. */
  readonly time?: number | null;
  /** The line it is, from 1, where lines are: empty ones count, too. */
  readonly line?: number;
}

/** Bytes that cannot be framed. What cannot be framed in one piece of 64 KiB comes in several, all but the first `continued`. */
export interface Garbage {
  readonly kind: 'garbage';
  readonly offset: number;
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly code: Code;
  readonly message: string;
  readonly continued: boolean;
  /** The line it starts in, from 1: of use where lines are. */
  readonly line: number;
  readonly origin: Origin | null;
}

/** What a framer gives: a record, or bytes that are none. */
export type Piece = Frame | Garbage;
