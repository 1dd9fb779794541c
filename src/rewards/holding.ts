import type { CampaignState } from './campaign-state.ts';
import type { CouponRecord } from './coupon-record.ts';
import type { DayUse } from './day-use.ts';
import type { RaceUse } from './race-use.ts';
import type { TerminalUse } from './terminal.ts';

/** A reward of a bet, and all that it was taken from. */
export interface Holding {
  readonly campaign: CampaignState;
  /** `null`: of a campaign that only watches. */
  readonly coupon: CouponRecord | null;
  /** Cents. */
  readonly value: number;
  readonly day: DayUse;
  readonly race: RaceUse;
  readonly terminal: TerminalUse;
}
