import { OverpunchError } from '../../errors.ts';
import type { Bet } from '../../rewards/bet.ts';
import type { CampaignSet } from '../../rewards/campaign.ts';
import type { Decision } from '../../rewards/decision.ts';
import { createRewardEngine } from '../../rewards/reward-engine.ts';
import type { RewardEntry } from '../../rewards/reward-entry.ts';
import type { RewardOutputs } from '../../rewards/reward-outputs.ts';
import type { DataDirectory } from '../../runtime/embedded/data-directory.ts';
import { Journal } from '../../runtime/embedded/journal.ts';
import { TopicStore } from '../../runtime/embedded/topic-store.ts';
import type { FrameEntry } from '../../streams/journal-entry.ts';
import { CampaignFile } from './campaign-file.ts';
import { CampaignTexts } from './campaign-texts.ts';
import { KeptTexts } from './kept-texts.ts';
import { RewardEntries } from './reward-entries.ts';
import type { RewardsSettings } from './rewards-settings.ts';
import { eventsOf } from './rewards-stage.ts';
import { StageProgress } from './stage-progress.ts';
import { stageInputs } from './stage-sources.ts';

/** Whose journal is gone through again. */
export interface ReplayedStage {
  readonly pipeline: string;
  /** May be open to be read only. */
  readonly data: DataDirectory;
  readonly settings: RewardsSettings;
}

/** A decision that a replay came to, and what led to it. */
export interface ReplayedDecision {
  /** Position in the journal of the partition's rewards. */
  readonly position: number;
  readonly decision: Decision;
  /** The bet as it was judged, racecourse and region filled in, and the campaigns that were in force; `null` for a cancellation. */
  readonly judged: { readonly bet: Bet; readonly campaigns: CampaignSet } | null;
}

/**
 * Go through the journal of a partition's rewards again, with an engine that knows nothing yet, and give the decisions about a bet. Nothing is
 * written.
 *
 * Throws JOURNAL_INPUT when the beginning of the journal was dropped, or when a file that it refers to is not what it was.
 */
export function replayDecisions(stage: ReplayedStage, partition: number, bet: string): readonly ReplayedDecision[] {
  const { pipeline, data, settings } = stage;
  const { partitions } = data;
  const stores = Array.from({ length: partitions }, (_none, number) => new TopicStore(data.partition(number)));
  const progress = new StageProgress(pipeline, stores);
  const texts = new CampaignTexts(settings.campaigns);
  const kept = new KeptTexts(data.partition(partition), progress.events);
  const file = new CampaignFile(settings.campaigns, texts, progress.wakeAll);
  const inputs = stageInputs(settings, partition, stores, progress, { file, kept }, null);
  const entries = new RewardEntries({
    partition,
    partitions,
    inputs: inputs.map(({ kind }) => kind),
    events: eventsOf(settings),
    mapping: settings,
    compile: (text) => texts.compile(text, kept),
  });
  const engine = createRewardEngine({ partition, partitions });
  const found: ReplayedDecision[] = [];
  let at: FrameEntry | null = null;
  const outputs: RewardOutputs = {
    reward() {},
    cancelled() {},
    share() {},
    decision(decision) {
      if (decision.bet !== bet || at === null) return;
      const judged = read?.kind === 'bet' && set !== null ? { bet: filledIn(read.bet), campaigns: set } : null;
      found.push({ position: at.position, decision, judged });
    },
  };
  let now = 0;
  let read: RewardEntry | null = null;
  let set: CampaignSet | null = null;
  const racecourses = new Map<string, string>();
  const regions = new Map<string, string>();
  const filledIn = (one: Bet): Bet => ({
    ...one,
    racecourse: one.racecourse ?? racecourses.get(`${one.date} ${one.meeting} ${one.race}`) ?? null,
    region: one.region ?? regions.get(one.terminal) ?? null,
  });
  const learn = (entry: RewardEntry): void => {
    if (entry.kind === 'campaigns') ({ set } = entry.matcher);
    if (entry.kind === 'point-of-sale') regions.set(entry.pointOfSale.terminal, entry.pointOfSale.region);
    if (entry.kind !== 'race' || entry.race.racecourse === null) return;
    racecourses.set(`${entry.race.date} ${entry.race.meeting} ${entry.race.race}`, entry.race.racecourse);
  };
  const judge = (entry: FrameEntry): void => {
    at = entry;
    try {
      read = entries.read(entry, now);
      if (read === null) return;
      now = Math.max(now, read.now);
      if (engine.judge(read, outputs) === null) learn(read);
    } catch (error) {
      if (!(error instanceof OverpunchError)) throw error; // what went to quarantine then goes nowhere now
    }
  };
  const journal = new Journal(data.partition(partition), progress.events);
  const sources = inputs.map(({ source }) => source);
  for (const block of journal.replay(0, sources)) {
    const [first] = block;
    if (at === null && first !== undefined && first.position > 0) throw dropped(partition, first.position);
    for (const entry of block) if (entry.kind === 'frame') judge(entry);
  }
  return found;
}

function dropped(partition: number, position: number): OverpunchError {
  return new OverpunchError(
    'JOURNAL_INPUT',
    `the journal of partition ${partition} begins at ${position}: what came before was dropped, and decisions depend on it`,
    { hint: 'the record of the decision is still right: look at that alone' },
  );
}
