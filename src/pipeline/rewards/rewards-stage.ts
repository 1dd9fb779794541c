import type { Catalog } from '../../frames/catalog/catalog.ts';
import type { OutputOptions } from '../../runtime/embedded/committed-outputs.ts';
import type { DataDirectory } from '../../runtime/embedded/data-directory.ts';
import { Handover } from '../../runtime/embedded/handover.ts';
import type { Process } from '../../runtime/embedded/process.ts';
import { type Progress, ProgressTable } from '../../runtime/embedded/progress.ts';
import { outgoingTopic } from '../../runtime/embedded/repartition.ts';
import { runPartition } from '../../runtime/embedded/run-partition.ts';
import { TopicStore } from '../../runtime/embedded/topic-store.ts';
import { CampaignFile } from './campaign-file.ts';
import { CampaignTexts } from './campaign-texts.ts';
import { type CouponFrameWriter, couponFrames } from './coupon-frames.ts';
import { EventRouter, feeding, type RewardEvents } from './event-router.ts';
import { KeptTexts } from './kept-texts.ts';
import type { Refusal } from './refusals.ts';
import { type RewardsProcess, rewardsProcess } from './rewards-process.ts';
import type { RewardsSettings } from './rewards-settings.ts';
import { StageProgress } from './stage-progress.ts';
import { type InputKind, stageInputs } from './stage-sources.ts';
import { type RewardsProgress, type RewardsSummary, rewardsProgress, rewardsSummary } from './stage-summary.ts';
import { stageOutputs } from './stage-topics.ts';

/** What the rewards of a pipeline are run with. */
export interface StageOptions {
  /** The name of the pipeline, of which they are the second stage. */
  readonly pipeline: string;
  readonly catalog: Catalog;
  readonly data: DataDirectory;
  readonly settings: RewardsSettings;
  /** Give the time, in milliseconds since 1970-01-01T00:00:00Z; `null`: it is when frames were captured. */
  readonly now: (() => number) | null;
  readonly outputs?: ((partition: number) => Readonly<Record<string, OutputOptions>>) | undefined;
  /** Whether one commit holds what the flow and this stage did, with one partition. Default `true`. */
  readonly together?: boolean | undefined;
  /** Hear of each commit of a partition. */
  readonly onCommit?: ((partition: number) => void) | undefined;
  /** Hear at once of campaigns that are not put into force. */
  readonly onRefused?: ((refusal: Refusal) => void) | undefined;
}

const liveBatch = 4000; // frames: as many as come while a batch is committed twice, by the flow and by its rewards
const sharedBatch = 256; // entries, so that what partitions ask each other for is not waited for during long batches

/**
 * The second stage of a pipeline: in each partition a process of its own, with a journal of its own, in the same environment.
 *
 * With one partition, one commit holds a batch of the flow and what the stage made of its events. With several the flow hands them over in its own
 * commit, and wakes the stages with it; it takes no further batch until they are processed.
 */
export class RewardsStage {
  readonly #options: StageOptions;
  readonly #stores: readonly TopicStore[];
  readonly #progress: StageProgress;
  readonly #routers: readonly EventRouter[];
  readonly #texts: CampaignTexts;
  readonly #file: CampaignFile;
  readonly #processes: (RewardsProcess | undefined)[];
  readonly #handover: Handover | undefined;
  #left: number;
  #timeZone = 'UTC';

  /** Throws what is wrong with the campaigns, COUPON_FRAME, and IO. */
  constructor(options: StageOptions) {
    const { pipeline, data, settings } = options;
    this.#options = options;
    const { partitions } = data;
    this.#stores = Array.from(
      { length: partitions },
      (_unused, partition) => new TopicStore(data.partition(partition)),
    );
    this.#progress = new StageProgress(pipeline, this.#stores);
    this.#routers = this.#stores.map((store, source) => {
      return new EventRouter(source, partitions, store, eventsOf(settings), settings, this.#progress);
    });
    this.#texts = new CampaignTexts(settings.campaigns);
    this.#file = new CampaignFile(settings.campaigns, this.#texts, this.#progress.wakeAll);
    this.#processes = this.#stores.map(() => undefined);
    this.#left = partitions;
    const together = partitions === 1 && options.together !== false;
    this.#handover = together ? new Handover(outgoingTopic(this.#progress.events, 0)) : undefined;
  }

  /** What the flow hands over in the commit that makes it; `undefined`: events come through topics. */
  get handover(): Handover | undefined {
    return this.#handover;
  }

  /** Who hears of the events of a partition of the flow. */
  router(partition: number): EventRouter {
    const router = this.#routers[partition];
    if (router === undefined) throw new RangeError(`there is no partition ${partition}`);
    return router;
  }

  /** Make the process of the flow in a partition one that feeds this stage. */
  feeding(partition: number, flow: Process): Process {
    return feeding(flow, this.router(partition), () => this.#progress.takenOver(partition));
  }

  /** How much the flow is to take at once: more where it cannot be put off. */
  get flowBatch(): { readonly frames?: number } {
    return this.#options.now === null ? {} : { frames: liveBatch };
  }

  /** The flow has committed something. */
  readonly flowCommitted = (): void => this.#progress.wakeForNews();

  /** The flow of a partition has ended. */
  flowEnded(): void {
    this.#left--;
    if (this.#left === 0) this.#progress.endFlow();
  }

  /** Run a partition until the flow has ended and everything is processed, or the signal. */
  async run(partition: number, signal: AbortSignal): Promise<void> {
    const { data, settings, outputs, now } = this.#options;
    const environment = data.partition(partition);
    const pipeline = this.#progress.events;
    const progressTable = new ProgressTable(environment);
    const kept = new KeptTexts(environment, pipeline);
    const stop = (): void => this.#progress.stop();
    signal.addEventListener('abort', stop);
    try {
      for (;;) {
        const inputs = stageInputs(settings, partition, this.#stores, this.#progress, { file: this.#file, kept }, now);
        const kinds = inputs.map(({ kind }) => kind);
        const [events, shares] = [kinds.indexOf('events'), kinds.indexOf('shares')];
        const onSubmit = (progress: Progress): void => this.#progress.submitted(partition, progress, events);
        onSubmit(progressTable.get(pipeline));
        this.#progress.committed(partition, progressTable.get(pipeline), events, shares);
        const process = this.#process(partition, kinds, kept);
        this.#processes[partition] = process;
        const sources = inputs.map(({ source }) => source);
        const onCommit = (progress: Progress): void => {
          this.#progress.committed(partition, progress, events, shares);
          this.#options.onCommit?.(partition);
        };
        const batch = data.partitions === 1 ? this.flowBatch : { frames: sharedBatch };
        const handover = this.#handover;
        const takes = handover === undefined ? undefined : { handover, input: events };
        const common = { pipeline, partition, environment, sources, process, batch, takes, onSubmit, onCommit };
        await runPartition({ ...common, outputs: stageOutputs(outputs?.(partition) ?? {}) }, signal);
        // What had ended in a former run is not run again before there is something to do.
        while (!signal.aborted && !this.#progress.isQuiet && !this.#progress.hasNews(partition)) {
          await this.#progress.next(partition);
        }
        if (signal.aborted || this.#progress.isQuiet) return;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stop(); // when it failed, the flow must not wait for it
    }
  }

  /** How the stage stands. */
  get status(): StageStatus {
    const totals = this.#processes.flatMap((process) => process?.totals ?? []);
    return { lag: this.#progress.lag, summary: rewardsProgress(totals) };
  }

  /** Add up what the partitions did. */
  summary(): RewardsSummary {
    return rewardsSummary(
      this.#processes.flatMap((process) => process ?? []),
      this.#progress.eventsFetched,
    );
  }

  #process(partition: number, inputs: readonly InputKind[], kept: KeptTexts): RewardsProcess {
    const { data, settings, catalog, onRefused } = this.#options;
    return rewardsProcess({
      onRefused: partition === 0 ? onRefused : undefined,
      pipeline: this.#progress.events,
      environment: data.partition(partition),
      partition,
      partitions: data.partitions,
      inputs,
      events: eventsOf(settings),
      mapping: settings,
      progress: this.#progress,
      frames: this.#frames(catalog, settings),
      kept,
      compile: (text) => {
        const matcher = this.#texts.compile(text, kept);
        this.#timeZone = matcher.set.timeZone;
        return matcher;
      },
    });
  }

  #frames(catalog: Catalog, { couponFrames: settings }: RewardsSettings): CouponFrameWriter | null {
    return settings === undefined ? null : couponFrames(catalog, settings, () => this.#timeZone);
  }
}

/** How a rewards stage stands. */
export interface StageStatus {
  /** Events that are not processed yet. */
  readonly lag: number;
  readonly summary: RewardsProgress;
}

/** The events that rewards are made of. */
export function eventsOf({ events = {} }: RewardsSettings): RewardEvents {
  return { bets: events.bets ?? 'bets', cancels: events.cancels ?? 'cancels', redemptions: events.redemptions ?? null };
}
