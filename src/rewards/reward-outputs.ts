import type { Decision } from './decision.ts';
import type { ShareMessage } from './share-message.ts';

/** A coupon for a bet. */
export interface Reward {
  readonly bet: string;
  readonly ticket: string;
  readonly terminal: string;
  /** Event time of the bet. */
  readonly time: number;
  readonly campaign: string;
  readonly version: number;
  readonly coupon: string;
  /** Cents. */
  readonly value: number;
  /** Until when the coupon holds; `null`: for ever. */
  readonly expiry: number | null;
  /** What earned it, for people: `every 10th bet: number 40`. */
  readonly reason: string;
}

/** A coupon that is worth nothing any more, because its bet was taken back. */
export interface CancelledCoupon {
  readonly bet: string;
  readonly terminal: string;
  readonly campaign: string;
  readonly coupon: string;
  /** Cents. */
  readonly value: number;
  readonly time: number;
  readonly outcome: 'revoked';
}

/** Takes what comes of entries, in order. */
export interface RewardOutputs {
  reward(reward: Reward): void;
  cancelled(coupon: CancelledCoupon): void;
  decision(decision: Decision): void;
  share(message: ShareMessage): void;
}
