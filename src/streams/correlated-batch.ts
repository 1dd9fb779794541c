import type { Batch } from './batch.ts';
import type { CorrelationAccount } from './correlation-account.ts';
import type { HeaderIssue } from './headed-batch.ts';
import type { HeadedFrame } from './headed-frame.ts';
import type { MatchedPair } from './matched-pair.ts';

/**
 * What came of a batch of the journal: its messages are the matched pairs, and every other end of a frame is an output with a name. Each
 * is in the order in which it happened; `at` is the position of the entry that made it happen.
 */
export interface CorrelatedBatch extends Batch<MatchedPair> {
  /** Requests without a response. */
  readonly expired: readonly ClosedFrame[];
  /** Responses without a request. */
  readonly orphans: readonly ClosedFrame[];
  /** Frames whose time was over when they came. */
  readonly late: readonly ClosedFrame[];
  /** Frames that came again, or that were replaced by one that did. */
  readonly duplicates: readonly ClosedFrame[];
  /** Frames that were open when there were too many. */
  readonly rejected: readonly RejectedFrame[];
  readonly notices: readonly PlainFrame[];
  readonly quarantined: readonly QuarantinedFrame[];
  /** What was counted since the beginning, this batch too. */
  readonly account: CorrelationAccount;
  /** Event time up to which everything is decided, behind this batch; −Infinity when there is none yet. */
  readonly watermark: number;
}

/** A frame and where it stands in the journal. */
export interface PlainFrame {
  readonly position: number;
  readonly bytes: Uint8Array;
}

/** A frame that was refused before it was correlated. */
export interface QuarantinedFrame extends PlainFrame, HeaderIssue {}

/** A request or response whose state is final. */
export interface ClosedFrame extends HeadedFrame {
  readonly direction: 'request' | 'response';
  readonly at: number;
}

/** A frame that was open when there were too many. */
export interface RejectedFrame extends ClosedFrame {
  readonly reason: 'capacity';
}
