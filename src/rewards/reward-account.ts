import type { Allowance } from './allowance.ts';
import type { BetOutcome } from './decision.ts';
import { betOutcomes, cancelOutcomes } from './reward-counts.ts';
import type { RewardState } from './reward-state.ts';

/** How an allowance stands. Always `left = share + received - given - spent`; `null` where there is no limit. */
export interface AllowanceAccount {
  /** Of all partitions together. */
  readonly amount: number | null;
  /** What this partition started with. */
  readonly share: number | null;
  readonly spent: number;
  readonly given: number;
  readonly received: number;
  readonly left: number | null;
}

/** What a campaign did. Always `budget.spent = rewardedCents - revokedCents` and `total.spent = rewards - revoked`. */
export interface CampaignAccount {
  readonly campaign: string;
  readonly shadow: boolean;
  /** Whether it is among the campaigns in force. */
  readonly inForce: boolean;
  readonly rewards: number;
  readonly rewardedCents: number;
  readonly revoked: number;
  readonly revokedCents: number;
  /** Rewards. */
  readonly total: AllowanceAccount;
  /** Cents. */
  readonly budget: AllowanceAccount;
}

/** Coupons of a pool by status; `moved` ones are those that other partitions got. */
export interface PoolAccount {
  readonly pool: string;
  readonly available: number;
  readonly emitted: number;
  readonly redeemed: number;
  readonly revoked: number;
  readonly withdrawn: number;
  readonly moved: number;
  /** Coupons that are out, by the limit of the pool: always `emitted + redeemed`. */
  readonly out: AllowanceAccount;
}

/** What an engine counted since its beginning. */
export interface RewardAccount {
  readonly bets: number;
  readonly cancels: number;
  readonly outcomes: Readonly<Record<BetOutcome, number>>;
  readonly rewards: number;
  readonly revoked: number;
  readonly redeemed: number;
  /** News of coupons that changed nothing. */
  readonly ignoredUpdates: number;
  /** Bets and early cancellations that are remembered. */
  readonly remembered: number;
  readonly campaigns: readonly CampaignAccount[];
  readonly pools: readonly PoolAccount[];
}

/** Say how a state stands. */
export function accountOf(state: RewardState): RewardAccount {
  const { book, counts, coupons } = state;
  const campaigns = state.campaigns.map((campaign): CampaignAccount => {
    const { id, shadow, inForce, counts: its } = campaign;
    const [rewards, rewardedCents, revoked, revokedCents] = its;
    const total = allowanceAccount(campaign.total);
    const budget = allowanceAccount(campaign.budget);
    return { campaign: id, shadow, inForce, rewards, rewardedCents, revoked, revokedCents, total, budget };
  });
  const pools = coupons.pools.map((pool): PoolAccount => {
    return { pool: pool.pool, ...pool.counts, out: allowanceAccount(pool.out) };
  });
  return {
    bets: counts.bets,
    cancels: counts.cancels,
    outcomes: { ...counts.outcomes },
    rewards: counts.rewards,
    revoked: counts.revoked,
    redeemed: sum(pools.map(({ redeemed }) => redeemed)),
    ignoredUpdates: counts.ignoredUpdates,
    remembered: book.end - book.first,
    campaigns,
    pools,
  };
}

/** Check the equations of an account that always hold; returns those that do not, in words. */
export function checkRewardAccount(account: RewardAccount): readonly string[] {
  const broken: string[] = [];
  const equal = (what: string, one: number, other: number): void => {
    if (one !== other) broken.push(`${what}: ${one} is not ${other}`);
  };
  const { outcomes, pools } = account;
  const real = account.campaigns.filter(({ shadow }) => !shadow);
  equal('bets = the sum of their outcomes', account.bets, sum(betOutcomes.map((name) => outcomes[name])));
  equal('cancels = the sum of their outcomes', account.cancels, sum(cancelOutcomes.map((name) => outcomes[name])));
  equal('rewards = those of the campaigns', account.rewards, sum(real.map(({ rewards }) => rewards)));
  equal('revoked = those of the campaigns', account.revoked, sum(real.map(({ revoked }) => revoked)));
  equal('revoked = those of the pools', account.revoked, sum(pools.map(({ revoked }) => revoked)));
  const held = sum(pools.map(({ emitted, redeemed }) => emitted + redeemed));
  equal('rewards = emitted + redeemed + revoked', account.rewards, held + account.revoked);
  for (const { campaign, rewards, rewardedCents, revoked, revokedCents, total, budget } of account.campaigns) {
    equal(`total of ${campaign} = rewards - revoked`, total.spent, rewards - revoked);
    equal(`budget of ${campaign} = rewarded - revoked`, budget.spent, rewardedCents - revokedCents);
    checkAllowance(`total of ${campaign}`, total, equal);
    checkAllowance(`budget of ${campaign}`, budget, equal);
  }
  for (const { pool, emitted, redeemed, out } of pools) {
    equal(`out of pool ${pool} = emitted + redeemed`, out.spent, emitted + redeemed);
    checkAllowance(`pool ${pool}`, out, equal);
  }
  return broken;
}

function checkAllowance(
  what: string,
  { share, received, given, spent, left }: AllowanceAccount,
  equal: (what: string, one: number, other: number) => void,
): void {
  if (share !== null && left !== null) equal(`left of ${what}`, left, share + received - given - spent);
}

function allowanceAccount({ limit, used: spent, given, received, left }: Allowance): AllowanceAccount {
  const limited = limit.amount !== null;
  const share = limited ? limit.share : null;
  return { amount: limit.amount, share, spent, given, received, left: limited ? left : null };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
