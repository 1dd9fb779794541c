import type { Bet } from './bet.ts';
import type { IntervalDimension } from './interval-dimension.ts';

/** A number with its dimension. */
export interface AskedNumber {
  readonly dimension: IntervalDimension;
  readonly read: (bet: Bet) => number | null;
}
