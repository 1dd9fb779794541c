import { setImmediate } from 'node:timers/promises';
import type { Observable } from 'rxjs';
import { OverpunchError } from './errors.ts';
import type { Catalog } from './frames/catalog/catalog.ts';
import { compileEvents } from './frames/catalog/compile-events.ts';
import { createHeaderReader } from './frames/header/create-header-reader.ts';
import { checkEventNames } from './pipeline/check-event-names.ts';
import { CorrelationTable, type FlowCounts, stateTable } from './pipeline/correlation-table.ts';
import { decodePairs } from './pipeline/decode-pairs.ts';
import { discardUnheard } from './pipeline/discard-unheard.ts';
import { checkDrain, type DrainTarget, releaseDirectory } from './pipeline/drained-directory.ts';
import type { EventTap } from './pipeline/event-tap.ts';
import { type FlowBatch, FlowOutputs, flowTopics, sharedTopics as shared } from './pipeline/flow-outputs.ts';
import { FrameDecoder } from './pipeline/frame-decoder.ts';
import { heldBack } from './pipeline/held-back.ts';
import { PartitionDrain } from './pipeline/partition-drain.ts';
import { framesOfPartition } from './pipeline/partition-of-frame.ts';
import type { PipelineStatus } from './pipeline/pipeline-status.ts';
import { type PipelineSummary, summaryOf, withRewards } from './pipeline/pipeline-summary.ts';
import type { Refusal } from './pipeline/rewards/refusals.ts';
import type { RewardsSettings } from './pipeline/rewards/rewards-settings.ts';
import { RewardsStage } from './pipeline/rewards/rewards-stage.ts';
import { flowOutputs } from './pipeline/rewards/stage-topics.ts';
import type { OutputOptions } from './runtime/embedded/committed-outputs.ts';
import { checkPartitions, type DataDirectory, type DrainableDirectory } from './runtime/embedded/data-directory.ts';
import { type Process, processOfOperators } from './runtime/embedded/process.ts';
import { runPartition } from './runtime/embedded/run-partition.ts';
import { TopicDeliveries } from './runtime/embedded/topic-deliveries.ts';
import type { Environment } from './state/environment.ts';
import { openMemoryEnvironment } from './state/open-memory-environment.ts';
import type { Batch } from './streams/batch.ts';
import { correlate } from './streams/correlate.ts';
import type { CorrelateSettings } from './streams/correlate-settings.ts';
import { decodeHeaders } from './streams/decode-headers.ts';
import type { JournalEntry } from './streams/journal-entry.ts';
import type { HeaderView } from './streams/read-headers.ts';
import type { Receiver } from './streams/receiver.ts';
import type { Source } from './streams/source.ts';
import { sourceLabel } from './streams/source-label.ts';

export type { FlowCounts } from './pipeline/correlation-table.ts';
export type { PipelineStatus } from './pipeline/pipeline-status.ts';
export type { PipelineSummary } from './pipeline/pipeline-summary.ts';
export { type TopicSchemas, topicSchemas } from './pipeline/topic-schemas.ts';

const patience = 20; // milliseconds of work between looks at what else happens

/** Correlation settings that are other than a catalog says. */
export type CorrelationOverride = {
  readonly [Name in keyof Omit<CorrelateSettings, 'inputs'>]?: CorrelateSettings[Name] | undefined;
};

/** What a pipeline is made of. */
export interface PipelineOptions {
  /** Names its state; the same as in `runPartition`. */
  readonly pipeline: string;
  readonly catalog: Catalog;
  /** Where its state is kept. */
  readonly environment: Environment;
  /** What quarantine calls the inputs, in their order. */
  readonly inputs: readonly string[];
  /** What is other than the catalog says. */
  readonly correlation?: CorrelationOverride | undefined;
  /** Who hears of its events. */
  readonly tap?: EventTap | undefined;
}

/** The flow of one partition as a process for `runPartition`. */
export interface Pipeline extends Process {
  /** What was counted since its beginning, over restarts. */
  readonly counts: FlowCounts;
  /** All topics that it writes. */
  readonly topics: readonly string[];
}

/**
 * Make the flow of a protocol: header → correlate → decode → events → topics.
 *
 * The header alone decides whom a frame belongs to; only matched pairs are decoded whole. A pair that does not decode stays matched, and its
 * frames go to `quarantine`. Throws what copybooks throw, CATALOG_FIELD for a catalog whose frames have no event time, USAGE for settings that make no sense, and
 * STATE_INCOMPATIBLE for a state that was made with others.
 */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { catalog, inputs } = options;
  for (const type of catalog.types) type.codec(); // a copybook that cannot be read stops it here, not at the first frame
  const events = compileEvents(catalog);
  checkEventNames(events.names, flowTopics, catalog.file);
  const header = headerOf(catalog);
  const settings = { ...catalog.correlation, ...given(options.correlation), inputs: inputs.length };
  const state = new CorrelationTable(stateTable(options.environment, options.pipeline), settings);
  const decoder = new FrameDecoder(catalog);
  const outputs = new FlowOutputs(catalog, state, decoder, events, inputs, options.tap);

  const operators = (batches: Observable<Batch<JournalEntry>>): Observable<FlowBatch> =>
    batches.pipe(decodeHeaders(header), correlate(state.correlator), decodePairs(decoder));
  let entries: readonly JournalEntry[] = [];
  let looked = performance.now();
  const flow = processOfOperators<FlowBatch>({
    operators,
    write: (batch, to) => outputs.write(batch, to, entries), // makes the events, too: as lines, where they are kept
    save: () => state.save(),
    rollback: () => state.load(),
  });

  return {
    counts: state,
    topics: [...new Set([...flowTopics, ...events.names])],
    get watermark() {
      return state.correlator.watermark;
    },
    async run(batch, to) {
      for (const part of partsOf(batch)) {
        if (state.ended && part.messages.some(({ kind }) => kind === 'frame')) {
          state.beginAnew();
          flow.close?.(); // the operators are those of the former correlator
        }
        entries = part.messages;
        await flow.run(part, to);
      }
      if (performance.now() - looked < patience) return;
      await setImmediate(); // what else happens, signals above all
      looked = performance.now();
    },
    save: () => flow.save?.(),
    rollback: () => flow.rollback?.(),
    close: () => flow.close?.(),
  };
}

/** What to run, on what, and where it is kept. */
export interface RunOptions extends Pick<PipelineOptions, 'pipeline' | 'catalog' | 'correlation' | 'tap'> {
  /** `null`: nothing is kept but what is counted. */
  readonly data: DataDirectory | null;
  /** Partitions without a data directory. Default 1. */
  readonly partitions?: number | undefined;
  /** Make the inputs, in their order: every partition reads all of them, and takes the frames that are its own. */
  readonly sources: (partition: number) => readonly Source[];
  readonly outputs?: ((partition: number) => Readonly<Record<string, OutputOptions>>) | undefined;
  /** Who is handed topics over, of the flow and of the rewards; while one of them takes its time no further batch is processed. Needs a data directory. */
  readonly receivers?: Readonly<Record<string, readonly Receiver[]>> | undefined;
  /** Hear how many frames were taken in by a commit. */
  readonly onFrames?: ((count: number) => void) | undefined;
  /** Read nothing more: close what is open, by the settings that the state was made with, and keep no state but the counts. Default `false`. */
  readonly drain?: boolean | undefined;
  /** Reward the bets, in a second stage. Needs a data directory. */
  readonly rewards?: RewardsOptions | undefined;
  /** Get something to look at while it runs. */
  readonly onStart?: ((look: () => PipelineStatus) => void) | undefined;
}

/** How bets are rewarded. */
export interface RewardsOptions {
  readonly settings: RewardsSettings;
  /** Give the time, in milliseconds since 1970-01-01T00:00:00Z; `null`: it is when frames were captured. */
  readonly now: (() => number) | null;
  /** Whether one commit holds what the flow and the rewards did, with one partition. Default `true`. */
  readonly together?: boolean | undefined;
  /** Hear at once of campaigns that are not put into force. */
  readonly onRefused?: ((refusal: Refusal) => void) | undefined;
}

/** Run a pipeline in all partitions until its inputs end, or the signal, and tell what was counted. Throws what `runPartition` throws, and USAGE. */
export async function runPipeline(options: RunOptions, signal: AbortSignal): Promise<PipelineSummary> {
  const { pipeline, catalog, data, onFrames } = options;
  const partitions = data?.partitions ?? options.partitions ?? 1;
  checkPartitions(partitions);
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  const deliveries = deliveriesOf(options);
  const stage = stageOf(options, (partition) => deliveries[partition]?.committed());
  const flows: Pipeline[] = [];
  const runOne = async (partition: number): Promise<void> => {
    const environment = data?.partition(partition) ?? openMemoryEnvironment();
    const given = options.sources(partition);
    const drain = options.drain === true ? new PartitionDrain(environment, pipeline) : null;
    const sources = drain?.sources(given) ?? given;
    const inputs = sources.map(sourceLabel);
    const correlation = drain?.rule ?? options.correlation;
    const tap = stage?.router(partition) ?? options.tap;
    const process = createPipeline({ ...options, correlation, environment, inputs, tap });
    flows.push(process);
    const asked = options.outputs?.(partition) ?? (data === null ? unkept(process.topics) : {});
    const isHeard = (topic: string): boolean =>
      tap?.takes(topic) === true || (options.receivers?.[topic]?.length ?? 0) > 0;
    const outputs = discardUnheard(stage === null ? asked : flowOutputs(asked), isHeard);
    const accept = framesOfPartition(catalog, partition, partitions);
    const journal = data === null ? { bytes: 0 } : {};
    let { frames } = process.counts.account;
    let submitted = frames;
    const onSubmit = (): void => {
      submitted = process.counts.account.frames;
    };
    const onCommit = (): void => {
      onFrames?.(submitted - frames);
      frames = submitted;
      stage?.flowCommitted();
      deliveries[partition]?.committed();
    };
    if (drain?.isDrained !== true) {
      const batch = stage?.flowBatch ?? {};
      const hands = stage?.handover;
      const common = {
        pipeline,
        partition,
        environment,
        sources,
        outputs,
        shared,
        accept,
        journal,
        batch,
        hands,
        onSubmit,
        onCommit,
      };
      const fed = stage?.feeding(partition, process) ?? process;
      const delivery = deliveries[partition];
      const held = delivery === undefined ? fed : heldBack(fed, () => delivery.caughtUp());
      await runPartition({ ...common, process: held }, stop.signal);
    }
    stage?.flowEnded();
    drain?.forget(given.map(({ name }) => name));
  };
  try {
    const orStop = (error: unknown): never => {
      abort(); // the others commit what they are at
      throw error;
    };
    const numbers = Array.from({ length: partitions }, (_unused, partition) => partition);
    const runs = numbers.map((partition) => runOne(partition).catch(orStop));
    const others = stage === null ? [] : numbers.map((partition) => stage.run(partition, stop.signal).catch(orStop));
    if (flows.length === partitions) options.onStart?.(() => statusOf(flows, stage));
    const delivered = deliveries.map((delivery, partition) => {
      void Promise.allSettled([runs[partition], others[partition]]).then(() => delivery.end());
      return delivery.run(stop.signal).catch(orStop);
    });
    const ended = await Promise.allSettled([...runs, ...others, ...delivered]);
    const failed = ended.find((run) => run.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return withRewards(summaryOf(flows.map(({ counts }) => counts)), stage);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function stageOf(options: RunOptions, onCommit: (partition: number) => void): RewardsStage | null {
  const { pipeline, catalog, data, outputs, rewards } = options;
  if (rewards === undefined) return null;
  if (data === null) throw new OverpunchError('USAGE', 'rewards need a data directory');
  return new RewardsStage({ pipeline, catalog, data, outputs, onCommit, ...rewards });
}

function deliveriesOf({ pipeline, data, receivers }: RunOptions): readonly TopicDeliveries[] {
  const isAsked = Object.keys(receivers ?? {}).length > 0;
  if (data === null) {
    if (isAsked) throw new OverpunchError('USAGE', 'receivers of topics need a data directory');
    return [];
  }
  const deliveries = Array.from({ length: data.partitions }, (_unused, partition) => {
    const environment = data.partition(partition);
    return new TopicDeliveries({ pipeline, partition, environment, receivers: receivers ?? {} });
  });
  return isAsked ? deliveries : []; // made without receivers, they only let go of what those of a former run held
}

function statusOf(flows: readonly Pipeline[], stage: RewardsStage | null): PipelineStatus {
  const watermarks = flows.map(({ watermark }) => watermark ?? Number.NEGATIVE_INFINITY);
  const watermark = Math.min(...watermarks);
  return {
    summary: summaryOf(flows.map(({ counts }) => counts)),
    watermark: Number.isFinite(watermark) ? watermark : null,
    rewards: stage?.status ?? null,
  };
}

/** What came of a drain. */
export interface DrainSummary extends PipelineSummary {
  /** Pipelines of the data directory that have to be drained, too, before it can be opened for anything else. */
  readonly waiting: readonly string[];
}

/**
 * Close all that is open in a data directory, as expired and orphans, by the settings that its state was made with. Another pipeline, another
 * catalog or more partitions start on what is left: the topics, what was counted, and the places in the inputs. Once more does no harm. Rewards go
 * through the events that they have not had yet, and keep their state.
 *
 * Throws what `runPipeline` throws, and what `checkDrain` refuses, before anything is closed.
 */
export async function drainPipeline(
  options: RunOptions & DrainTarget & { readonly data: DrainableDirectory },
): Promise<DrainSummary> {
  const { data, partitions } = options;
  checkDrain(data, options);
  const summary = await runPipeline({ ...options, drain: true }, new AbortController().signal);
  return { ...summary, waiting: releaseDirectory(data, partitions) };
}

/** Topics of which nothing is kept. */
function unkept(topics: readonly string[]): Readonly<Record<string, OutputOptions>> {
  return Object.fromEntries(topics.map((topic) => [topic, { keep: false }]));
}

/** What is given, so that what is `undefined` does not take the place of what the catalog says. */
function given(correlation: CorrelationOverride = {}): Partial<CorrelateSettings> {
  return Object.fromEntries(Object.entries(correlation).filter(([, value]) => value !== undefined));
}

/** Cut a batch behind ticks that end it all, so that what follows can begin anew. */
function* partsOf(batch: Batch<JournalEntry>): Generator<Batch<JournalEntry>> {
  const { messages, partition } = batch;
  let start = 0;
  for (let end = 1; end <= messages.length; end++) {
    const entry = messages[end - 1] as JournalEntry;
    const ends = end === messages.length || (entry.kind === 'tick' && entry.elapsed === Number.POSITIVE_INFINITY);
    if (!ends) continue;
    const part = start === 0 && end === messages.length ? messages : messages.slice(start, end);
    yield { partition, messages: part, from: batch.from + start, to: batch.from + end };
    start = end;
  }
}

/** The view of headers. A protocol without a sequence has the same one for all frames. */
function headerOf(catalog: Catalog): HeaderView {
  const { sequence, time } = catalog.header.fields;
  if (time === null) {
    throw new OverpunchError('CATALOG_FIELD', `${catalog.file}: frames have no event time, so they cannot be joined`, {
      hint: 'name the field of the header that holds it: header.fields.time',
      exitStatus: 3,
    });
  }
  const view = createHeaderReader(catalog);
  return sequence === null ? Object.defineProperty(view, 'sequence', { value: 0 }) : view;
}
