import type { Bet } from './bet.ts';
import type { CampaignSet } from './campaign.ts';

/** Finds the campaigns whose conditions a bet meets. */
export interface CampaignMatcher {
  readonly set: CampaignSet;
  /**
   * Find all campaigns whose period, days, hours, lists, ranges and CEL condition a bet meets; `firstOfDay`, `share`, `every`, groups,
   * limits and budgets are not looked at.
   *
   * Returns their indexes in the set by (priority from high to low, index), in an array that holds until the next call, and their number.
   */
  match(bet: Bet): { readonly indexes: Int32Array; readonly count: number };
  /** The local date of a bet in the time zone of a campaign, as days since 1970-01-01: a number, because it is asked for with every bet. */
  dayOf(campaign: number, bet: Bet): number;
}
