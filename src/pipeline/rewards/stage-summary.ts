import { type CampaignAccount, checkRewardAccount, type RewardAccount } from '../../rewards/reward-account.ts';
import type { RewardTotals } from '../../rewards/reward-totals.ts';
import { type Refusal, Refusals } from './refusals.ts';
import type { StageCounts } from './stage-counts.ts';

/** What one partition of a rewards stage did: as its engine says, and as was written. */
export interface StagePart {
  readonly account: RewardAccount;
  readonly counts: StageCounts;
}

/** What a campaign came to, over all partitions. Amounts are cents. */
export interface CampaignSummary {
  readonly campaign: string;
  /** It only watches: its rewards are those that it would have given. */
  readonly shadow: boolean;
  /** Bets that met its conditions. */
  readonly matched: number;
  readonly rewards: number;
  readonly revoked: number;
  /** Emitted, and revoked. */
  readonly rewardedCents: number;
  readonly revokedCents: number;
  /** What is out. */
  readonly spent: number;
  /** `null`: there is no bound. */
  readonly budget: number | null;
  /** What it did with the bets that met its conditions, by outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** What the rewards of a pipeline came to, over all partitions and since its beginning. */
export interface RewardsSummary {
  readonly bets: number;
  readonly cancels: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly rewards: number;
  readonly revoked: number;
  readonly emittedCents: number;
  readonly revokedCents: number;
  readonly spentCents: number;
  readonly budgetLeft: number | null;
  readonly campaigns: readonly CampaignSummary[];
  /** What came of the events of the flow, besides bets and cancels; `null`: there is no flow. */
  readonly events: { readonly came: number; readonly redemptions: number; readonly refused: number } | null;
  /** What was no use. */
  readonly refusals: readonly Refusal[];
  /** Records by topic. */
  readonly records: ReadonlyMap<string, number>;
  /** Equations that do not hold, in words. */
  readonly broken: readonly string[];
}

/** What is shown of the rewards of a pipeline while it runs. */
export type RewardsProgress = Pick<
  RewardsSummary,
  'bets' | 'cancels' | 'rewards' | 'revoked' | 'spentCents' | 'budgetLeft'
>;

/** Add up what partitions did so far, without looking at each campaign: with many of them that would be a pause. */
export function rewardsProgress(parts: readonly RewardTotals[]): RewardsProgress {
  const budget = parts[0]?.budget ?? null; // that of all partitions, as each of them says
  return {
    bets: sum(parts.map(({ bets }) => bets)),
    cancels: sum(parts.map(({ cancels }) => cancels)),
    rewards: sum(parts.map(({ rewards }) => rewards)),
    revoked: sum(parts.map(({ revoked }) => revoked)),
    spentCents: sum(parts.map(({ spentCents }) => spentCents)),
    budgetLeft: budget === null ? null : budget - sum(parts.map(({ budgetSpent }) => budgetSpent)),
  };
}

/** Add up what the partitions did, and check it. `events` is how many of a flow were taken over, if there was one. */
export function rewardsSummary(parts: readonly StagePart[], events: number | null = null): RewardsSummary {
  const outcomes: Record<string, number> = {};
  const records = new Map<string, number>();
  for (const { account, counts } of parts) {
    for (const [name, count] of Object.entries(account.outcomes)) outcomes[name] = (outcomes[name] ?? 0) + count;
    for (const [topic, count] of counts.records) records.set(topic, (records.get(topic) ?? 0) + count);
  }
  const campaigns = campaignsOf(parts);
  const real = campaigns.filter(({ shadow }) => !shadow);
  const emittedCents = sum(real.map(({ rewardedCents }) => rewardedCents));
  const revokedCents = sum(real.map((campaign) => campaign.revokedCents));
  const bounded = real.filter(({ budget }) => budget !== null);
  const refusals = new Refusals();
  for (const { counts } of parts) for (const refusal of counts.refusals.all) refusals.add(refusal);
  const redemptions = sum(parts.map(({ counts }) => counts.redemptions));
  const refused = sum(parts.map(({ counts }) => counts.refusedEvents));
  return {
    bets: sum(parts.map(({ account }) => account.bets)),
    cancels: sum(parts.map(({ account }) => account.cancels)),
    outcomes,
    rewards: sum(parts.map(({ account }) => account.rewards)),
    revoked: sum(parts.map(({ account }) => account.revoked)),
    emittedCents,
    revokedCents,
    spentCents: sum(real.map(({ spent }) => spent)),
    budgetLeft: bounded.length === 0 ? null : sum(bounded.map(({ budget, spent }) => (budget ?? 0) - spent)),
    campaigns,
    events: events === null ? null : { came: events, redemptions, refused },
    refusals: refusals.all,
    records,
    broken: [...brokenEvents(parts, events), ...parts.flatMap(brokenEquations), ...brokenBudgets(campaigns, parts)],
  };
}

function campaignsOf(parts: readonly StagePart[]): readonly CampaignSummary[] {
  const found = new Map<string, { -readonly [Name in keyof CampaignSummary]: CampaignSummary[Name] }>();
  for (const { account, counts } of parts) {
    for (const { campaign, shadow, rewards, rewardedCents, revoked, revokedCents, budget } of account.campaigns) {
      const key = `${shadow} ${campaign}`;
      let one = found.get(key);
      if (one === undefined) {
        const zero = { matched: 0, rewards: 0, revoked: 0, rewardedCents: 0, revokedCents: 0, spent: 0 };
        one = { campaign, shadow, ...zero, budget: budget.amount, outcomes: {} };
        found.set(key, one);
      }
      one.rewards += rewards;
      one.revoked += revoked;
      one.rewardedCents += rewardedCents;
      one.revokedCents += revokedCents;
      one.spent += budget.spent;
      const own = counts.campaigns.get(campaign);
      if (own === undefined) continue;
      one.matched += own.matched;
      const outcomes: Record<string, number> = { ...one.outcomes };
      for (const [name, count] of own.outcomes) outcomes[name] = (outcomes[name] ?? 0) + count;
      one.outcomes = outcomes;
    }
  }
  return [...found.values()];
}

/** None is lost between the flow and the rewards, and none in them. */
function brokenEvents(parts: readonly StagePart[], events: number | null): readonly string[] {
  if (events === null) return [];
  const broken: string[] = [];
  const taken = sum(parts.map(({ counts }) => counts.events));
  if (taken !== events) broken.push(`events that came = events of the flow: ${taken} is not ${events}`);
  const judged = sum(
    parts.map(({ account, counts }) => account.bets + account.cancels + counts.redemptions + counts.refusedEvents),
  );
  if (judged !== events) {
    broken.push(`events of the flow = bets + cancels + redemptions + refused: ${events} is not ${judged}`);
  }
  return broken;
}

/** What the engine says, against what was taken in and written. */
function brokenEquations({ account, counts }: StagePart): readonly string[] {
  const broken = [...checkRewardAccount(account)];
  const equal = (what: string, one: number, other: number): void => {
    if (one !== other) broken.push(`${what}: ${one} is not ${other}`);
  };
  equal('bets of the engine = bets that came', account.bets, counts.bets);
  equal('cancels of the engine = cancels that came', account.cancels, counts.cancels);
  for (const [outcome, count] of Object.entries(account.outcomes)) {
    equal(`${outcome} of the engine = decisions`, count, counts.outcomes.get(outcome));
  }
  equal('rewards of the engine = rewards that were written', account.rewards, counts.records.get('rewards'));
  equal('revoked = cancelled coupons', account.revoked, counts.records.get('cancelled-coupons'));
  for (const campaign of account.campaigns) {
    if (!campaign.shadow) broken.push(...brokenCampaign(campaign, counts));
  }
  return broken;
}

function brokenCampaign({ campaign, budget }: CampaignAccount, counts: StageCounts): readonly string[] {
  const { rewardedCents = 0, revokedCents = 0 } = counts.campaigns.get(campaign) ?? {};
  if (budget.spent === rewardedCents - revokedCents) return [];
  return [`budget spent of ${campaign} = emitted - revoked: ${budget.spent} is not ${rewardedCents} - ${revokedCents}`];
}

/** Nothing is spent beyond a budget. One that a reload took back may be below what was spent by then: that is nobody's mistake. */
function brokenBudgets(campaigns: readonly CampaignSummary[], parts: readonly StagePart[]): readonly string[] {
  if (parts.some(({ counts }) => counts.versions > 1)) return [];
  const over = campaigns.filter(({ budget, spent }) => budget !== null && spent > budget);
  return over.map(({ campaign, budget, spent }) => `budget of ${campaign}: ${spent} cents are spent of ${budget}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
