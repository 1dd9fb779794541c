import type { BetOutcome } from './decision.ts';

/** Outcomes of bets, then those of cancellations. */
export const betOutcomes: readonly BetOutcome[] = [
  'rewarded',
  'not-rewarded',
  'no-campaign',
  'too-late',
  'cancelled-before',
  'duplicate',
];

export const cancelOutcomes: readonly BetOutcome[] = [
  'cancelled',
  'cancel-too-late',
  'cancel-without-reward',
  'cancel-early',
  'cancel-repeated',
];

/** What an engine counted since its beginning. */
export interface RewardCounts {
  bets: number;
  cancels: number;
  readonly outcomes: Record<BetOutcome, number>;
  /** Coupons that were given, and taken back. */
  rewards: number;
  revoked: number;
  /** News of coupons that changed nothing. */
  ignoredUpdates: number;
}

/** Counts before anything happened. */
export function noCounts(): RewardCounts {
  return {
    bets: 0,
    cancels: 0,
    outcomes: {
      rewarded: 0,
      'not-rewarded': 0,
      'no-campaign': 0,
      'too-late': 0,
      'cancelled-before': 0,
      duplicate: 0,
      cancelled: 0,
      'cancel-too-late': 0,
      'cancel-without-reward': 0,
      'cancel-early': 0,
      'cancel-repeated': 0,
    },
    rewards: 0,
    revoked: 0,
    ignoredUpdates: 0,
  };
}
