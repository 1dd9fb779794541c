/** What became of a bet, or of its cancellation. */
export type BetOutcome =
  /** At least one campaign gave a coupon. */
  | 'rewarded'
  /** Campaigns matched, and none gave one: `campaigns` says why. */
  | 'not-rewarded'
  /** No campaign matched. */
  | 'no-campaign'
  /** The decision came past its deadline; no coupon is spent. */
  | 'too-late'
  /** Taken back before it came. */
  | 'cancelled-before'
  /** The same bet came again. */
  | 'duplicate'
  /** A cancellation that revoked all coupons of the bet. */
  | 'cancelled'
  /** A cancellation of a bet of which a coupon was redeemed already. */
  | 'cancel-too-late'
  /** A cancellation of a bet that got nothing. */
  | 'cancel-without-reward'
  /** A cancellation in front of its bet. */
  | 'cancel-early'
  /** A cancellation that came before. */
  | 'cancel-repeated';

/** What a campaign whose conditions a bet meets did with it. */
export type CampaignOutcome =
  | 'rewarded'
  /** It would have been, but the campaign only watches. */
  | 'shadow'
  | 'not-first-of-day'
  | 'not-in-share'
  | 'not-nth'
  /** Another campaign of its group gave a coupon. */
  | 'group'
  | 'limit-total'
  | 'limit-day'
  | 'limit-terminal'
  | 'limit-race'
  | 'limit-pool'
  | 'budget'
  | 'no-coupon';

/** One campaign's part of a decision. */
export interface CampaignDecision {
  readonly campaign: string;
  readonly outcome: CampaignOutcome;
  readonly coupon?: string;
  /** Cents. */
  readonly value?: number;
  /** A number that says more: the count of `not-nth`, the limit. */
  readonly detail?: string;
}

/** Why a bet was or was not rewarded. */
export interface Decision {
  readonly bet: string;
  readonly terminal: string;
  /** Event time of the bet or cancellation. */
  readonly time: number;
  /** When it was decided: the journalled ingest time. */
  readonly now: number;
  readonly outcome: BetOutcome;
  /** Version of the campaigns in force; 0 when there were none. */
  readonly version: number;
  readonly campaigns: readonly CampaignDecision[];
}
