import type { PipelineSummary } from './pipeline-summary.ts';
import type { RewardsProgress } from './rewards/stage-summary.ts';

/** How a pipeline stands while it runs. */
export interface PipelineStatus {
  readonly summary: PipelineSummary;
  /** Event time up to which everything is decided in all partitions; `null` when there is none yet. */
  readonly watermark: number | null;
  /** `null` without rewards. */
  readonly rewards: {
    /** Events that are not processed yet. */
    readonly lag: number;
    readonly summary: RewardsProgress;
  } | null;
}
