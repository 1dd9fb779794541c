import type { Codec } from '../codec/create-codec.ts';
import type { Explanation } from '../codec/explain.ts';
import type { Issue } from '../codec/issue.ts';
import type { Place } from './problem-report.ts';

/** A record, or bytes that are none, ready to be shown. */
export interface Inspected {
  readonly place: Place;
  readonly bytes: Uint8Array;
  readonly codec: Codec;
  /** `null` for bytes that are no record. */
  readonly explained: Explanation | null;
  /** About the frame or the record as a whole, not about a field. */
  readonly recordIssues: readonly Issue[];
  /** All of them. */
  readonly issues: readonly Issue[];
  /** Show long fields whole. */
  readonly full: boolean;
}
