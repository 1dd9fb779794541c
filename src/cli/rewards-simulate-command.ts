import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { loadPipeline } from '../pipeline/load-pipeline.ts';
import { readCoupon, readPointOfSale, readRace } from '../pipeline/rewards/reference-lines.ts';
import { eventsOf } from '../pipeline/rewards/rewards-stage.ts';
import { RewardSimulation } from '../pipeline/rewards/simulation.ts';
import type { SimulationReport } from '../pipeline/rewards/simulation-report.ts';
import { compileMatcher } from '../rewards/compile-matcher.ts';
import { loadCampaigns } from '../rewards/load-campaigns.ts';
import type { RewardEntry } from '../rewards/reward-entry.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { drainedStatus, drainOnSignals } from './draining.ts';
import { openCatalog } from './open-catalog.ts';
import { flag, integer, list, text } from './option-definition.ts';
import { outputFile, standardOutput } from './output-target.ts';
import { eventsOfCaptures, eventsOfTopics } from './past-events.ts';
import { rewardsOf } from './rewards-of.ts';
import { simulationHtml } from './simulation-html.ts';
import { simulationJson, simulationText } from './simulation-text.ts';
import { takeTableLines } from './table-lines.ts';
import { openTopics } from './topic-options.ts';
import { unlessQuiet } from './unless-quiet.ts';

/** What `rewards simulate` can be told. */
export interface RewardsSimulateOptions {
  readonly campaigns?: string;
  readonly capture?: readonly string[];
  readonly data?: string;
  readonly coupons?: string;
  readonly endless?: number;
  readonly html?: string;
  readonly json?: boolean;
}

/** `overpunch rewards simulate PIPELINE`: what campaigns would have given. */
export const rewardsSimulateCommand: Command<RewardsSimulateOptions> = {
  name: 'rewards simulate',
  summary: 'Run campaigns over bets of the past and say what they would have given. Nobody is rewarded.',
  operand: { name: 'pipeline', many: false, summary: 'a pipeline file with rewards' },
  examples: [
    ['overpunch rewards simulate betting.yaml', 'over the captures of the pipeline'],
    [
      'overpunch rewards simulate betting.yaml --campaigns next.yaml --html report.html',
      'other campaigns, and a page to show around',
    ],
    ['overpunch rewards simulate betting.yaml --data betting/data', 'over the bets in its topics'],
    ['overpunch rewards simulate betting.yaml --endless 200', 'as if there were always another coupon of 2.00'],
  ],
  options: {
    campaigns: text('Rewards', 'FILE', 'campaigns in the place of those of the pipeline', { path: true }),
    capture: list('Rewards', 'FILE', 'a capture in the place of those of the pipeline', { path: true }),
    data: text('Rewards', 'DIR', 'the bets in the topics of a data directory, in the place of captures', {
      path: true,
    }),
    coupons: text('Rewards', 'FILE', 'coupons in the place of those of the pipeline', { path: true }),
    endless: integer('Rewards', 'CENTS', 1, 'coupons of this value without end, in the place of any table'),
    html: text('Output', 'FILE', 'write a page with charts, too', { path: true }),
    json: flag('Output', 'print JSON'),
  },
  run,
};

const beginning = 0; // ms: coupons, races and campaigns are there before any bet

async function run([file = '']: readonly string[], options: RewardsSimulateOptions & CommonOptions): Promise<number> {
  const say = unlessQuiet(options);
  const settings = loadPipeline(file, options.allowOutside === true);
  const rewards = rewardsOf(settings, file);
  const matcher = compileMatcher(loadCampaigns(options.campaigns ?? rewards.campaigns));
  const coupons = options.coupons ?? rewards.coupons;
  if (coupons === undefined && options.endless === undefined) {
    throw new OverpunchError('USAGE', 'rewards simulate needs coupons', {
      hint: 'give --coupons FILE, or --endless 100 for coupons of 1.00 without end',
    });
  }
  const events = eventsOf(rewards);
  const simulation = new RewardSimulation({ matcher, events, mapping: rewards, endless: options.endless ?? null });
  const stop = drainOnSignals();
  await takeLines(simulation, rewards.races, (bytes) => ({ kind: 'race', now: beginning, race: readRace(bytes) }));
  await takeLines(simulation, rewards.pointsOfSale, (bytes) => {
    return { kind: 'point-of-sale', now: beginning, pointOfSale: readPointOfSale(bytes) };
  });
  if (options.endless === undefined) {
    await takeLines(simulation, coupons, (bytes) => ({ kind: 'coupon', now: beginning, update: readCoupon(bytes) }));
  }
  simulation.begin(beginning);
  const take = (line: Uint8Array, ingested: number | null): void => simulation.event(line, ingested);
  if (options.data === undefined) {
    const captures = options.capture ?? settings.sources.flatMap(({ capture }) => capture ?? []);
    if (captures.length === 0) {
      const message = 'the pipeline reads no captures';
      throw new OverpunchError('USAGE', message, { hint: 'give --capture FILE, or --data DIR for bets in topics' });
    }
    const catalog = await openCatalog(settings.catalog, options.allowOutside);
    await eventsOfCaptures(captures, settings, catalog, events, take, stop);
  } else {
    const data = openTopics('rewards simulate', { data: options.data });
    try {
      eventsOfTopics(data, events, take, stop);
    } finally {
      await data.close();
    }
  }
  if (drainedStatus() !== 0) return drainedStatus();
  return finish(simulation.report(), options, say);
}

/** Take the lines of a file; those that are no use are counted. Throws IO. */
async function takeLines(
  simulation: RewardSimulation,
  file: string | undefined,
  entryOf: (bytes: Uint8Array) => RewardEntry,
): Promise<void> {
  if (file === undefined) return;
  const take = (line: Uint8Array): void => simulation.take(entryOf(line));
  await takeTableLines(file, take, (place, reason) => simulation.refuse(`${place}: ${reason}`));
}

async function finish(
  report: SimulationReport,
  { json, html }: RewardsSimulateOptions,
  say: (text: string) => void,
): Promise<number> {
  const output = new BatchedWriter(standardOutput());
  output.add(json === true ? simulationJson(report) : simulationText(report));
  await output.commit();
  if (html !== undefined) {
    const page = await outputFile(html);
    await page.write(Buffer.from(simulationHtml(report)));
    await page.commit();
    say(`the page is in ${printable(html)}\n`);
  }
  const [broken] = report.broken;
  if (broken !== undefined) throw new OverpunchError('ACCOUNT', `rewards do not add up: ${broken}`);
  for (const example of report.examples) process.stderr.write(`overpunch: REWARD_ENTRY: ${example}\n`);
  return report.unreadable > 0 ? 1 : 0;
}
