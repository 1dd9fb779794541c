import { printable } from '../bytes/printable.ts';
import { loadPipeline } from '../pipeline/load-pipeline.ts';
import { NameCollector } from '../pipeline/rewards/known-names.ts';
import type { Campaign } from '../rewards/campaign.ts';
import type { KnownNames } from '../rewards/check-names.ts';
import { loadCampaigns } from '../rewards/load-campaigns.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import { openCatalog } from './open-catalog.ts';
import { flag, text } from './option-definition.ts';
import { standardOutput } from './output-target.ts';
import { rewardsOf } from './rewards-of.ts';
import { money } from './rewards-text.ts';
import { takeTableLines } from './table-lines.ts';
import { textTable } from './text-table.ts';

/** What `rewards check` can be told. */
export interface RewardsCheckOptions {
  readonly pipeline?: string;
  readonly json?: boolean;
}

/** `overpunch rewards check CAMPAIGNS`: whether campaigns can be used, and what they say. */
export const rewardsCheckCommand: Command<RewardsCheckOptions> = {
  name: 'rewards check',
  summary: 'Check campaigns: unknown members, wrong types, conditions that no bet can meet; and list them.',
  operand: { name: 'campaigns', many: false, summary: 'a file of campaigns, YAML or JSON' },
  examples: [
    ['overpunch rewards check campaigns.yaml', 'every mistake with its line; exit status 3 when there is one'],
    [
      'overpunch rewards check campaigns.yaml --pipeline betting.yaml',
      'types of bets, racecourses, regions and terminals that the pipeline does not know, too',
    ],
    ['overpunch rewards check campaigns.yaml --json', 'the campaigns as they were understood'],
  ],
  options: {
    pipeline: text(
      'Rewards',
      'FILE',
      'a pipeline: names that its catalog, races and points of sale do not have are wrong',
      {
        path: true,
      },
    ),
    json: flag('Output', 'print the campaigns as JSON, with everything that holds by default'),
  },
  async run([file = ''], { json, pipeline, allowOutside }) {
    let unread = 0;
    const refuse = (place: string, reason: string): void => {
      if (unread++ < shownLines) process.stderr.write(`${printable(place)}: REWARD_ENTRY: ${printable(reason)}\n`);
    };
    const set = loadCampaigns(file, pipeline === undefined ? {} : await namesOf(pipeline, allowOutside, refuse));
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
    return unread > 0 ? 1 : 0;
  },
};

const shownLines = 10; // of races and points of sale that are no use

/** What a pipeline knows of the names that campaigns ask for. Throws what is wrong with it and its catalog, IO, and USAGE without rewards. */
async function namesOf(
  pipeline: string,
  allowOutside: boolean | undefined,
  refuse: (place: string, reason: string) => void,
): Promise<KnownNames> {
  const settings = loadPipeline(pipeline, allowOutside === true);
  const rewards = rewardsOf(settings, pipeline);
  const names = new NameCollector(await openCatalog(settings.catalog, allowOutside), rewards);
  const { races, pointsOfSale } = rewards;
  if (races !== undefined) await takeTableLines(races, (line) => names.race(line), refuse);
  if (pointsOfSale !== undefined) await takeTableLines(pointsOfSale, (line) => names.pointOfSale(line), refuse);
  return names.names();
}

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
