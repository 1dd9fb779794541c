import { printable } from '../bytes/printable.ts';
import { nearNames } from '../copybook/near-names.ts';
import { OverpunchError } from '../errors.ts';
import { loadPipeline } from '../pipeline/load-pipeline.ts';
import { type ReplayedDecision, replayDecisions } from '../pipeline/rewards/replay-decisions.ts';
import type { Decision } from '../rewards/decision.ts';
import { loadCampaigns } from '../rewards/load-campaigns.ts';
import { localCalendar } from '../rewards/local-calendar.ts';
import { unmetConditions } from '../rewards/unmet-conditions.ts';
import type { DataDirectory } from '../runtime/embedded/data-directory.ts';
import { TopicReader } from '../runtime/embedded/topic-reader.ts';
import { TopicStore } from '../runtime/embedded/topic-store.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { flag, text } from './option-definition.ts';
import { wordsOf } from './outcome-words.ts';
import { standardOutput } from './output-target.ts';
import { rewardsOf } from './rewards-of.ts';
import { money } from './rewards-text.ts';
import { clockText } from './simulation-text.ts';
import { openTopics } from './topic-options.ts';

/** What `rewards explain` can be told. */
export interface RewardsExplainOptions {
  readonly pipeline?: string;
  readonly data?: string;
  readonly campaign?: string;
  readonly json?: boolean;
}

/** `overpunch rewards explain BET`: why a bet got a coupon, or none. */
export const rewardsExplainCommand: Command<RewardsExplainOptions> = {
  name: 'rewards explain',
  summary:
    'Say why a bet got a coupon or none: from the record of the decision, and by deciding again from the journal.',
  operand: { name: 'bet', many: false, summary: 'the id of a bet' },
  examples: [['overpunch rewards explain 00042060000123 --pipeline betting.yaml', 'what was decided, and why']],
  options: {
    pipeline: text('Rewards', 'FILE', 'the pipeline that decided; it may be running', { path: true }),
    data: text('Rewards', 'DIR', 'its data directory, if it is not where the file says', { path: true }),
    campaign: text('Rewards', 'ID', 'say of this campaign alone which of its conditions the bet does not meet'),
    json: flag('Output', 'print JSON'),
  },
  run,
};

/** A decision as it was recorded. */
interface RecordedDecision {
  readonly partition: number;
  readonly offset: number;
  readonly decision: Decision;
}

async function run([bet = '']: readonly string[], options: RewardsExplainOptions & CommonOptions): Promise<number> {
  if (options.pipeline === undefined) {
    throw new OverpunchError('USAGE', 'rewards explain needs --pipeline FILE', {
      hint: 'the file that was given to overpunch run',
    });
  }
  const found = loadPipeline(options.pipeline, options.allowOutside === true);
  const { pipeline, data: path } = found;
  const settings = rewardsOf(found, options.pipeline);
  const data = openTopics('rewards explain', { data: options.data ?? path });
  try {
    const recorded = recordedDecisions(data, bet);
    const partitions = [...new Set(recorded.map(({ partition }) => partition))];
    const all = Array.from({ length: data.partitions }, (_none, partition) => partition);
    const replayed: ReplayedDecision[] = [];
    let unable: string | null = null;
    try {
      for (const partition of partitions.length > 0 ? partitions : all) {
        replayed.push(...replayDecisions({ pipeline, data, settings }, partition, bet));
      }
    } catch (error) {
      if (!(error instanceof OverpunchError)) throw error;
      unable = error.message;
    }
    if (recorded.length === 0 && replayed.length === 0) {
      throw new OverpunchError('USAGE', `nothing was decided about ${printable(bet)}`, {
        hint: 'overpunch topic read bets --data DIR shows the ids of bets; decisions are kept as long as the campaigns say',
      });
    }
    const agree = unable === null && JSON.stringify(texts(recorded)) === JSON.stringify(texts(replayed));
    const output = new BatchedWriter(standardOutput());
    const wanted = options.campaign;
    const unmet = replayed.flatMap(({ judged }) => (judged === null ? [] : unmetOf(judged, wanted)));
    if (options.json === true) {
      const decided = replayed.map(({ position, decision }) => ({ position, decision }));
      output.add(`${JSON.stringify({ bet, recorded, replayed: decided, unmet, agree, unable }, null, 2)}\n`);
    } else output.add(explained(recorded.length > 0 ? recorded : replayed, unmet, agree, unable, settings.campaigns));
    await output.commit();
    return agree || unable !== null ? 0 : 1;
  } finally {
    await data.close();
  }
}

function recordedDecisions(data: DataDirectory, bet: string): readonly RecordedDecision[] {
  const found: RecordedDecision[] = [];
  const key = Buffer.from(bet);
  for (let partition = 0; partition < data.partitions; partition++) {
    const reader = new TopicReader(new TopicStore(data.partition(partition)), 'decisions');
    for (let records = reader.read(1000); records.length > 0; records = reader.read(1000)) {
      for (const record of records) {
        if (!key.equals(record.key)) continue;
        const decision = JSON.parse(Buffer.from(record.value).toString()) as Decision;
        found.push({ partition, offset: record.offset, decision });
      }
    }
  }
  return found;
}

/** The decisions, which depend on the order of their members in neither. */
function texts(decisions: readonly { readonly decision: Decision }[]): readonly string[] {
  return decisions.map(({ decision }) => JSON.stringify(decision, Object.keys(flat(decision)).sort()));
}

function flat(decision: Decision): Readonly<Record<string, unknown>> {
  return Object.assign({ ...decision }, ...decision.campaigns) as Readonly<Record<string, unknown>>;
}

/** A campaign whose conditions a bet does not meet. */
interface UnmetCampaign {
  readonly campaign: string;
  readonly unmet: readonly string[];
}

function unmetOf(
  { bet, campaigns }: NonNullable<ReplayedDecision['judged']>,
  wanted: string | undefined,
): readonly UnmetCampaign[] {
  const asked = campaigns.campaigns.filter(({ id }) => wanted === undefined || id === wanted);
  if (wanted !== undefined && asked.length === 0) {
    const [near] = nearNames(
      wanted,
      campaigns.campaigns.map(({ id }) => id),
    );
    throw new OverpunchError('USAGE', `no campaign ${printable(wanted)} was in force`, {
      hint: near === undefined ? 'overpunch rewards check lists campaigns' : `did you mean ${near}?`,
    });
  }
  return asked.flatMap((campaign) => {
    const unmet = unmetConditions(campaign, bet);
    return unmet.length === 0 ? [] : [{ campaign: campaign.id, unmet }];
  });
}

const shownUnmet = 20; // campaigns

function explained(
  decisions: readonly { readonly decision: Decision }[],
  unmet: readonly UnmetCampaign[],
  agree: boolean,
  unable: string | null,
  campaigns: string,
): string {
  const zone = zoneOf(campaigns);
  const lines = decisions.flatMap(({ decision }) => linesOf(decision, zone));
  if (unmet.length > 0) lines.push('Campaigns whose conditions it does not meet:');
  for (const { campaign, unmet: conditions } of unmet.slice(0, shownUnmet)) {
    lines.push(`  ${printable(campaign)}: ${conditions.map(printable).join('; ')}`);
  }
  if (unmet.length > shownUnmet) lines.push(`  … and ${unmet.length - shownUnmet} more`);
  if (unmet.length > 0) lines.push('');
  if (unable !== null) lines.push(`The journal cannot be replayed to check it: ${printable(unable)}`);
  else if (agree) lines.push('Replaying the journal up to there decides the same.');
  else lines.push('REPLAYING THE JOURNAL DECIDES SOMETHING ELSE: this is a mistake in overpunch; --json shows both.');
  return `${lines.join('\n')}\n`;
}

function linesOf({ bet, terminal, time, now, outcome, version, campaigns }: Decision, zone: string): string[] {
  const at = `${clockText(time, zone)} (${zone})`;
  const late = now - time;
  const head = `${printable(bet)} at terminal ${printable(terminal)}, ${at}: ${wordsOf(outcome)} [${outcome}]`;
  const lines = [head, `  decided ${late} ms after its event time, by version ${version} of the campaigns`];
  for (const { campaign, outcome: own, coupon, value, detail } of campaigns) {
    const got = coupon === undefined ? '' : ` ${printable(coupon)}`;
    const worth = value === undefined ? '' : ` worth ${money(value)}`;
    const more = detail === undefined ? '' : ` (${printable(detail)})`;
    lines.push(`  ${printable(campaign)}: ${wordsOf(own)} [${own}]${got}${worth}${more}`);
  }
  if (campaigns.length === 0 && outcome === 'no-campaign')
    lines.push('  no campaign in force has conditions that it meets');
  lines.push('');
  return lines;
}

/** The time zone that people think in; UTC if the campaigns cannot be read any more. */
function zoneOf(campaigns: string): string {
  try {
    const { timeZone } = loadCampaigns(campaigns);
    localCalendar(timeZone);
    return timeZone;
  } catch {
    return 'UTC';
  }
}
