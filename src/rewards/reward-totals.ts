import type { RewardState } from './reward-state.ts';

/** What all campaigns came to that reward, for who looks often: nothing is made for each of them. Amounts are cents. */
export interface RewardTotals {
  readonly bets: number;
  readonly cancels: number;
  readonly rewards: number;
  readonly revoked: number;
  readonly spentCents: number;
  /** The budgets of those that have one, of all partitions together, and what is spent of them here; `null`: none has one. */
  readonly budget: number | null;
  readonly budgetSpent: number;
}

/** Add up how a state stands. */
export function totalsOf({ counts, campaigns }: RewardState): RewardTotals {
  let [spentCents, budget, budgetSpent, bounded] = [0, 0, 0, 0];
  for (const campaign of campaigns) {
    if (campaign.shadow) continue;
    const { used, limit } = campaign.budget;
    spentCents += used;
    if (limit.amount === null) continue;
    bounded++;
    budget += limit.amount;
    budgetSpent += used;
  }
  const { bets, cancels, rewards, revoked } = counts;
  return { bets, cancels, rewards, revoked, spentCents, budget: bounded === 0 ? null : budget, budgetSpent };
}
