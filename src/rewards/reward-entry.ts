import type { Bet } from './bet.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import type { CouponUpdate } from './coupon.ts';
import type { ShareMessage } from './share-message.ts';

/** A bet that was taken back. */
export interface Cancel {
  /** The bet it takes back. */
  readonly bet: string;
  readonly ticket: string;
  readonly terminal: string;
  /** Event time in milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number;
}

/** A race of the calendar. */
export interface Race {
  /** `2024-03-31` */
  readonly date: string;
  readonly meeting: number;
  readonly race: number;
  readonly racecourse: string | null;
  /** When it starts, milliseconds since 1970-01-01T00:00:00Z. */
  readonly start: number | null;
}

/** The region of a point of sale. */
export interface PointOfSale {
  readonly terminal: string;
  readonly region: string;
}

/**
 * An entry of the journal of rewards. `now` is the ingest time that was journalled with it, in milliseconds since 1970-01-01T00:00:00Z; no
 * other clock is asked.
 */
export type RewardEntry =
  | {
      readonly kind: 'bet';
      readonly now: number;
      readonly bet: Bet;
      /** When its request was captured; `null`: nobody says, and `now` is taken. */
      readonly captured: number | null;
    }
  | { readonly kind: 'cancel'; readonly now: number; readonly cancel: Cancel }
  | { readonly kind: 'coupon'; readonly now: number; readonly update: CouponUpdate }
  | { readonly kind: 'race'; readonly now: number; readonly race: Race }
  | { readonly kind: 'point-of-sale'; readonly now: number; readonly pointOfSale: PointOfSale }
  /** A reload: the set is in force from here on. `text` is what it was made of, to be kept with the state. */
  | { readonly kind: 'campaigns'; readonly now: number; readonly matcher: CampaignMatcher; readonly text: string }
  | { readonly kind: 'share'; readonly now: number; readonly message: ShareMessage };
