import { printable } from '../bytes/printable.ts';
import type { Campaign } from '../rewards/campaign.ts';
import { loadCampaigns } from '../rewards/load-campaigns.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import { flag } from './option-definition.ts';
import { standardOutput } from './output-target.ts';
import { money } from './rewards-text.ts';
import { textTable } from './text-table.ts';

/** What `rewards check` can be told. */
export interface RewardsCheckOptions {
  readonly json?: boolean;
}

/** `overpunch rewards check CAMPAIGNS`: whether campaigns can be used, and what they say. */
export const rewardsCheckCommand: Command<RewardsCheckOptions> = {
  name: 'rewards check',
  summary: 'Check campaigns: unknown members, wrong types, conditions that no bet can meet; and list them.',
  operand: { name: 'campaigns', many: false, summary: 'a file of campaigns, YAML or JSON' },
  examples: [
    ['overpunch rewards check campaigns.yaml', 'every mistake with its line; exit status 3 when there is one'],
    ['overpunch rewards check campaigns.yaml --json', 'the campaigns as they were understood'],
  ],
  options: { json: flag('Output', 'print the campaigns as JSON, with everything that holds by default') },
  async run([file = ''], { json }) {
    const set = loadCampaigns(file);
    const output = new BatchedWriter(standardOutput());
    if (json === true) {
      const campaigns = set.campaigns.map(({ when, ...campaign }) => ({ ...campaign, when: when?.text ?? null }));
      const poolLimits = Object.fromEntries(set.poolLimits);
      output.add(`${JSON.stringify({ ...set, campaigns, poolLimits }, null, 2)}\n`);
    } else {
      const rows = set.campaigns.map((campaign) => [
        `${campaign.id}${campaign.shadow ? ' (shadow)' : ''}`,
        `${campaign.from ?? '…'} to ${campaign.to ?? '…'}`,
        conditionsOf(campaign).join(', '),
        campaign.budget === null ? '' : money(campaign.budget),
        campaign.pool,
      ]);
      output.add(textTable(['CAMPAIGN', 'PERIOD', 'ASKS FOR', 'BUDGET', 'POOL'], rows, new Set([3])));
      const many = set.campaigns.length === 1 ? 'campaign' : 'campaigns';
      output.add(
        `\n${printable(set.name)} version ${set.version}: ${set.campaigns.length} ${many}, nothing is wrong\n`,
      );
    }
    await output.commit();
    return 0;
  },
};

/** What a campaign asks for, in a word each. */
function conditionsOf(campaign: Campaign): readonly string[] {
  const { types, formulas, stake, horses, meetings, races, racecourses, regions, include, exclude } = campaign;
  const { days, hours, when, firstOfDay, share, every } = campaign;
  const asked: readonly (readonly [string, unknown])[] = [
    ['days', days],
    ['hours', hours],
    ['types', types],
    ['formulas', formulas],
    ['stake', stake],
    ['horses', horses],
    ['meetings', meetings],
    ['races', races],
    ['racecourses', racecourses],
    ['regions', regions],
    ['terminals', include ?? exclude],
    ['condition', when],
    ['first of day', firstOfDay ? true : null],
    [`share ${share}`, share],
    [`every ${every}`, every],
  ];
  return asked.flatMap(([name, value]) => (value === null ? [] : [name]));
}
