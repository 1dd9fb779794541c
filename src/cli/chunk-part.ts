import type { ChunkFailure } from './chunk-failure.ts';
import type { DecodeTally } from './decode-tally.ts';
import type { ReportPart } from './shown-problems.ts';

/** What chunks have to tell, as plain data, so that it can be sent from thread to thread: parts, and at the end what each thread counted. */
export type ChunkMessage = ChunkPart | ChunkEnd;

/** What decoding a chunk, or the next part of one, has to tell. */
export interface ChunkPart extends ChunkFound {
  readonly kind: 'part';
  /** Parts are entered by their numbers, whatever their chunks. */
  readonly number: number;
  /** Why there is no more to come. */
  readonly failure: ChunkFailure | null;
}

/** What was found. */
export interface ChunkFound {
  /** Lines, where whoever decoded them may not write them. */
  readonly lines: readonly Uint8Array<ArrayBuffer>[];
  readonly quarantine: readonly string[];
  readonly report: ReportPart;
}

/** What a thread counted in its chunks of a file. */
export interface ChunkEnd {
  readonly kind: 'end';
  readonly tally: DecodeTally;
  /** Bytes of a last record that is too short. */
  readonly remainder: number;
  /** Bytes of the file. */
  readonly read: number;
}
