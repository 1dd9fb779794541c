import type { CampaignSet } from '../../rewards/campaign.ts';
import type { SpendingCurve, SpendingPoint } from './spending-curve.ts';
import type { CampaignSummary, RewardsSummary } from './stage-summary.ts';

/** What a campaign came to in a simulation. Amounts are cents. */
export interface CampaignReport extends CampaignSummary {
  readonly title: string;
  /** Why bets that met its conditions got nothing, the most frequent first. */
  readonly refusals: readonly { readonly outcome: string; readonly count: number }[];
  readonly curve: readonly SpendingPoint[];
  /** When it first had nothing left to give; `null`: never. */
  readonly dried: number | null;
}

/** What campaigns came to in a simulation. */
export interface SimulationReport extends Omit<RewardsSummary, 'campaigns' | 'events' | 'refusals'> {
  readonly name: string;
  readonly version: number;
  readonly timeZone: string;
  /** Event times of the first bet and of the last one. */
  readonly from: number | null;
  readonly to: number | null;
  readonly campaigns: readonly CampaignReport[];
  /** Lines of the input that were no use, and what was wrong with the first of them. */
  readonly unreadable: number;
  readonly examples: readonly string[];
}

const mostPoints = 240; // of a curve: what a chart can show

/** Add to what the campaigns of a set came to how it came about. They stand in the order of their file. */
export function campaignReports(
  set: CampaignSet,
  { campaigns }: RewardsSummary,
  curves: ReadonlyMap<string, SpendingCurve>,
  dried: ReadonlyMap<string, number>,
): readonly CampaignReport[] {
  const found = new Map(campaigns.map((campaign) => [campaign.campaign, campaign]));
  return set.campaigns.flatMap(({ id, title }) => {
    const summary = found.get(id);
    if (summary === undefined) return [];
    const refusals = Object.entries(summary.outcomes)
      .filter(([outcome]) => outcome !== 'rewarded' && outcome !== 'shadow')
      .map(([outcome, count]) => ({ outcome, count }))
      .sort((one, other) => other.count - one.count || (one.outcome < other.outcome ? -1 : 1));
    const curve = curves.get(id)?.points(mostPoints) ?? [];
    return [{ ...summary, title, refusals, curve, dried: dried.get(id) ?? null }];
  });
}
