import type { Explanation } from '../codec/explain.ts';
import type { Issue } from '../codec/issue.ts';
import type { FrameExplanation } from '../frames/catalog/frame-reading.ts';
import type { Place } from './problem-report.ts';
import type { SentPlaces } from './sent-places.ts';

/** A record, or bytes that are none, ready to be shown. */
export interface Inspected {
  readonly place: Place;
  /** As the file holds them. */
  readonly bytes: Uint8Array;
  readonly codepage: string;
  /** Lines of text, which are read as if blanks followed them. */
  readonly filled: boolean;
  /** `null` for bytes that are no record. Of a frame that could not be taken apart, its header alone. */
  readonly explained: Explanation | null;
  /** `null` unless a catalog describes the record. */
  readonly frame: InspectedFrame | null;
  /** About the frame or the record as a whole, not about a field. */
  readonly recordIssues: readonly Issue[];
  /** All of them. */
  readonly issues: readonly Issue[];
  /** Show long fields whole. */
  readonly full: boolean;
}

/** A frame of a catalog: its header, how its body was compressed, and its body. */
export interface InspectedFrame {
  readonly frame: FrameExplanation;
  readonly headerName: string;
  /** Bytes of the header. */
  readonly headerLength: number;
  /** Where what was decompressed lies in the frame as sent; `null` when nothing was. */
  readonly sent: SentPlaces | null;
}
