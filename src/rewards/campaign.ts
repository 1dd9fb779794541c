import type { BetCondition } from './bet-condition.ts';

/** From a minute of the day to another without it; what ends before it starts goes on past midnight. */
export interface HourRange {
  /** Minutes since midnight, 0 to 1,439. */
  readonly from: number;
  /** 1 to 1,440. */
  readonly to: number;
}

/** From a number to another, both included; `null` is no bound. */
export interface NumberRange {
  readonly from: number | null;
  readonly to: number | null;
}

/** How many rewards may be out at the same time, of a campaign as a whole and of parts of it. `null` is no limit. */
export interface CampaignLimits {
  readonly total: number | null;
  /** For each local date of the bets. */
  readonly day: number | null;
  /** For each terminal, over the whole campaign. */
  readonly terminal: number | null;
  /** For each race. */
  readonly race: number | null;
}

/** Terminals, each once, in the order in which they are written. An array is that too. */
export interface Terminals extends Iterable<string> {
  readonly length: number;
  includes(terminal: string): boolean;
}

/** A campaign that was read and checked. A list that is `null` lets everything pass. */
export interface Campaign {
  readonly id: string;
  readonly title: string;
  /** Where it stands in its set, from 0. */
  readonly index: number;
  /** IANA name; days and hours are those of clocks there. */
  readonly timeZone: string;
  /** Local dates `2024-03-31`, both included; `null` is no bound. */
  readonly from: string | null;
  readonly to: string | null;
  /** Days of the week, Monday 1 to Sunday 7, by the local date of the bet. */
  readonly days: readonly number[] | null;
  /** A range that crosses midnight belongs, with all of its hours, to the days on which they are. */
  readonly hours: readonly HourRange[] | null;
  readonly types: readonly string[] | null;
  readonly formulas: readonly string[] | null;
  /** Cents. */
  readonly stake: NumberRange | null;
  readonly horses: NumberRange | null;
  readonly meetings: readonly number[] | null;
  readonly races: readonly number[] | null;
  readonly racecourses: readonly string[] | null;
  readonly regions: readonly string[] | null;
  /** Terminals that take part, and those that do not. */
  readonly include: Terminals | null;
  readonly exclude: Terminals | null;
  /** The condition in CEL. */
  readonly when: BetCondition | null;
  /** Only the first bet of a terminal and local date that meets all of the above. */
  readonly firstOfDay: boolean;
  /** The part of the bets that take part, above 0 to 1, by a hash of seed and bet. */
  readonly share: number | null;
  readonly seed: string;
  /** Every Nth of the bets that meet all of the above, counted in each partition. */
  readonly every: number | null;
  /** The higher one is asked first; among equals the order of the file counts. */
  readonly priority: number;
  /** Of the campaigns of a group at most one rewards a bet. */
  readonly group: string | null;
  readonly limits: CampaignLimits;
  /** Cents that may be out; `null` is no bound. */
  readonly budget: number | null;
  /** Where its coupons come from. */
  readonly pool: string;
  /** Evaluates and reports, and rewards nobody. */
  readonly shadow: boolean;
}

/** The campaigns in force from one journal entry to the next such one. */
export interface CampaignSet {
  readonly name: string;
  /** What rewards and decisions name; a later set has a higher one. */
  readonly version: number;
  /** The time zone of races' days, and of campaigns that name none. */
  readonly timeZone: string;
  /** Milliseconds from capture to the latest decision. */
  readonly decideWithin: number;
  /** Milliseconds of event time for which bets, cancellations and decisions are remembered. */
  readonly keep: number;
  /** In the order of the file. */
  readonly campaigns: readonly Campaign[];
  /** Most coupons of a pool that may be out; pools that are not named have no limit. */
  readonly poolLimits: ReadonlyMap<string, number>;
}
