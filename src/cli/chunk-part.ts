import type { ChunkFailure } from './chunk-failure.ts';
import type { DecodeTally } from './decode-tally.ts';
import type { ReportPart } from './problem-report.ts';

/** What decoding a chunk has to tell: as plain data, so that it can be sent from thread to thread. */
export interface ChunkPart {
  readonly chunk: number;
  /** Lines, where whoever decoded them may not write them. */
  readonly lines: readonly Uint8Array<ArrayBuffer>[];
  readonly quarantine: readonly string[];
  readonly report: ReportPart;
  /** `null`: there is more to come of this chunk. */
  readonly end: ChunkEnd | null;
}

/** How a chunk ended. */
export interface ChunkEnd {
  readonly tally: DecodeTally;
  /** Bytes of a last record that is too short. */
  readonly remainder: number;
  /** Bytes of the file. */
  readonly read: number;
  readonly failure: ChunkFailure | null;
}
