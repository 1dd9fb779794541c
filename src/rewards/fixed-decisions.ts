import { inRow, rowWidth } from './campaign-rows.ts';
import type { CampaignDecision, CampaignOutcome } from './decision.ts';
import type { RewardState } from './reward-state.ts';

/** Outcomes that say no more than a limit, by their numbers. */
export const fixedOutcomes = {
  notFirstOfDay: 0,
  notInShare: 1,
  group: 2,
  noCoupon: 3,
  total: 4,
  day: 5,
  terminal: 6,
  race: 7,
  pool: 8,
  budget: 9,
} as const;

const names: readonly CampaignOutcome[] = [
  'not-first-of-day',
  'not-in-share',
  'group',
  'no-coupon',
  'limit-total',
  'limit-day',
  'limit-terminal',
  'limit-race',
  'limit-pool',
  'budget',
];

/** Decisions of the campaigns in force that are the same for every bet, each made when it is needed first. */
export class FixedDecisions {
  readonly #state: RewardState;
  /** By the number of the campaign, and that of the outcome. */
  readonly #made: (CampaignDecision | undefined)[];

  constructor(state: RewardState) {
    this.#state = state;
    this.#made = new Array<CampaignDecision | undefined>(state.campaigns.length * names.length).fill(undefined);
  }

  of(campaign: number, outcome: number): CampaignDecision {
    return this.#made[campaign * names.length + outcome] ?? this.#make(campaign, outcome);
  }

  #make(number: number, outcome: number): CampaignDecision {
    const { id } = this.#state.campaigns[number] as { readonly id: string };
    const limit = this.#limitOf(number, outcome);
    const name = names[outcome] as CampaignOutcome;
    const decision = { campaign: id, outcome: name, ...(limit === null ? {} : { detail: String(limit) }) };
    this.#made[number * names.length + outcome] = decision;
    return decision;
  }

  #limitOf(number: number, outcome: number): number | null {
    const { campaigns, coupons, rows } = this.#state;
    const start = number * rowWidth;
    const campaign = campaigns[number];
    switch (outcome) {
      case fixedOutcomes.total:
        return campaign?.totalLimit.amount ?? null;
      case fixedOutcomes.day:
        return campaign?.dayLimit.amount ?? null;
      case fixedOutcomes.terminal:
        return rows.numbers[start + inRow.terminalLimit] ?? null;
      case fixedOutcomes.race:
        return campaign?.raceLimit.amount ?? null;
      case fixedOutcomes.pool:
        return coupons.pools[rows.numbers[start + inRow.pool] ?? 0]?.limit.amount ?? null;
      case fixedOutcomes.budget:
        return campaign?.budgetLimit.amount ?? null;
      default:
        return null;
    }
  }
}
