import type { CampaignSummary, RewardsSummary } from '../pipeline/rewards/stage-summary.ts';
import { betOutcomes, cancelOutcomes } from '../rewards/reward-counts.ts';
import { textTable } from './text-table.ts';

/** Write what rewards came to for people: a table of the campaigns, and the equations. */
export function rewardsText(rewards: RewardsSummary): string {
  const table = textTable(
    [...campaignHeads, 'MOST OFTEN REFUSED FOR'],
    rewards.campaigns.map((campaign) => [...campaignCells(campaign), refusals(campaign)]),
    campaignNumbers,
  );
  return `${table}\n${eventEquation(rewards)}${rewardEquations(rewards)}`;
}

/** Columns of a table of campaigns, and which of them are numbers. */
export const campaignHeads: readonly string[] = ['CAMPAIGN', 'MATCHED', 'REWARDED', 'REVOKED', 'SPENT', 'BUDGET'];
export const campaignNumbers: ReadonlySet<number> = new Set([1, 2, 3, 4, 5]);

/** What a campaign has there. */
export function campaignCells(campaign: CampaignSummary): readonly string[] {
  return [
    `${campaign.campaign}${campaign.shadow ? ' (shadow)' : ''}`,
    String(campaign.matched),
    String(campaign.rewards),
    String(campaign.revoked),
    money(campaign.spent),
    campaign.budget === null ? '' : money(campaign.budget),
  ];
}

/** Write the equations of rewards, one a line. */
export function rewardEquations(rewards: Omit<RewardsSummary, 'events' | 'refusals'>): string {
  const { bets, cancels, outcomes, spentCents, emittedCents, revokedCents } = rewards;
  const sum = (names: readonly string[]): string => names.map((name) => `${name} ${outcomes[name] ?? 0}`).join(' + ');
  return [
    `bets ${bets} = ${sum(betOutcomes)}`,
    `cancels ${cancels} = ${sum(cancelOutcomes)}`,
    `budget spent ${money(spentCents)} = emitted ${money(emittedCents)} - revoked ${money(revokedCents)}`,
    '',
  ].join('\n');
}

function eventEquation({ events, bets, cancels }: RewardsSummary): string {
  if (events === null) return '';
  const { came, redemptions, refused } = events;
  return `events ${came} = bets ${bets} + cancels ${cancels} + redemptions ${redemptions} + refused ${refused}\n`;
}

/** The same as an object of JSON; amounts are cents. */
export function rewardsJson({ records: _, broken, ...rewards }: RewardsSummary): object {
  return { ...rewards, broken };
}

/** Write cents as an amount. */
export function money(cents: number): string {
  return (cents / 100).toFixed(2);
}

const shownRefusals = 2;

function refusals({ outcomes }: CampaignSummary): string {
  const refused = Object.entries(outcomes).filter(([outcome]) => outcome !== 'rewarded' && outcome !== 'shadow');
  const most = refused.sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).slice(0, shownRefusals);
  return most.map(([outcome, count]) => `${outcome} ${count}`).join(', ');
}
