import type { Bet } from './bet.ts';
import type { CampaignSet } from './campaign.ts';
import type { MatchedCampaigns } from './matched-campaigns.ts';
import type { SetDifference } from './set-difference.ts';

/** Finds the campaigns whose conditions a bet meets. */
export interface CampaignMatcher {
  readonly set: CampaignSet;
  /** What differs from the set that it was made to follow, looked up ahead; without it a reload takes longer. */
  readonly difference?: SetDifference;
  /**
   * Find all campaigns whose period, days, hours, lists, ranges and CEL condition a bet meets; `firstOfDay`, `share`, `every`, groups,
   * limits and budgets are not looked at.
   *
   * Returns their indexes in the set by (priority from high to low, index), in an array that holds until the next call, and their number.
   */
  match(bet: Bet): { readonly indexes: Int32Array; readonly count: number };
  /**
   * The same for the first `count` of some bets, `betsTogether` at most: together they take less time. `terminalRows` is what `terminalRow` says of
   * the terminal of each; -1: it is looked up.
   */
  matchAll(bets: readonly Bet[], count: number, terminalRows: Int32Array, matched: MatchedCampaigns): void;
  /** Find what stands for a terminal here: who knows the terminal keeps it, so that it is looked up once. */
  terminalRow(terminal: string): number;
  /** The local date of a bet in the time zone of a campaign, as days since 1970-01-01: a number, because it is asked for with every bet. */
  dayOf(campaign: number, bet: Bet): number;
}
