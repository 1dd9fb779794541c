import { compileEvents } from '../frames/catalog/compile-events.ts';
import { frameCheckOf } from '../frames/header/frame-check-of.ts';
import { catalogProblems } from '../pipeline/catalog-problems.ts';
import { readPipelineFile } from '../pipeline/load-pipeline.ts';
import { outputFileProblems } from '../pipeline/output-file-problems.ts';
import { partitionFile } from '../pipeline/partition-file.ts';
import type { PipelineSettings } from '../pipeline/pipeline-schema.ts';
import { checkRewards } from '../pipeline/rewards/check-rewards.ts';
import type { Refusal } from '../pipeline/rewards/refusals.ts';
import { type RunOptions, runPipeline } from '../pipeline.ts';
import type { OutputOptions } from '../runtime/embedded/committed-outputs.ts';
import { type DataDirectory, openDataDirectory } from '../runtime/embedded/data-directory.ts';
import { byPlace } from '../settings/by-place.ts';
import { SettingsError, type SettingsProblem } from '../settings/settings-error.ts';
import { jsonlFile } from '../sinks/jsonl-file.ts';
import { catalogHash } from './catalog-hash.ts';
import { checkInputs } from './check-inputs.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { drainData, drainOption } from './drain-data.ts';
import { drainedStatus, drainOnSignals } from './draining.ts';
import { finishPipeline } from './finish-pipeline.ts';
import { LiveStatus } from './live-status.ts';
import { openCatalog } from './open-catalog.ts';
import { flag } from './option-definition.ts';
import { pipelineReceivers } from './pipeline-receivers.ts';
import { pipelineSources } from './pipeline-sources.ts';
import { refusalText } from './refusal-text.ts';
import { reportToPeople } from './report-to-people.ts';
import { topicGuide } from './topic-guide.ts';

/** What `run` can be told. */
export interface RunPipelineOptions {
  readonly check?: boolean;
  readonly drain?: boolean;
  readonly json?: boolean;
}

/** `overpunch run PIPELINE`: a pipeline, until its sources end or a signal comes. */
export const runPipelineCommand: Command<RunPipelineOptions> = {
  name: 'run',
  summary: 'Run a pipeline: from its sources to topics in its data directory, until the sources end, or Ctrl-C.',
  operand: { name: 'pipeline', many: false, summary: 'a pipeline file' },
  examples: [
    ['overpunch run pipeline.yaml --check', 'is everything in it right?'],
    ['overpunch run pipeline.yaml', 'run it; it goes on where it was left'],
    [
      'overpunch run pipeline.yaml --drain',
      'close what is open, before the catalog or the correlation changes, or after',
    ],
  ],
  options: {
    drain: drainOption,
    check: flag('Everywhere', 'only say whether the pipeline and its catalog are right'),
    json: flag('Output', 'print what was counted as JSON'),
  },
  run,
};

async function run([file = '']: readonly string[], options: RunPipelineOptions & CommonOptions): Promise<number> {
  const { settings, places } = readPipelineFile(file, options.allowOutside === true);
  const live = new LiveStatus(settings.pipeline, process.stderr, options.quiet === true);
  const say = options.quiet === true ? () => undefined : live.say;
  const catalog = await openCatalog(settings.catalog, options.allowOutside);
  for (const type of catalog.types) type.codec();
  const events = compileEvents(catalog);
  const { rewards } = settings;
  const copybooks = catalog.files();
  refuseAny([
    ...catalogProblems(settings, events.forms, places),
    ...outputFileProblems(settings, file, places, copybooks),
  ]);
  if (rewards !== undefined) checkRewards(rewards, catalog, events.names);
  if (options.drain !== true) checkInputs(settings);
  if (options.check === true) {
    say(`${settings.pipeline}: nothing is wrong\n`);
    return 0;
  }
  const { partitions } = settings;
  const hashes = { catalog: catalogHash(catalog) };
  const onReport = reportToPeople(say);
  const tell = (refusal: Refusal): void => {
    if (rewards !== undefined) live.say(refusalText(refusal, rewards, settings.data));
  };
  const receivers = pipelineReceivers(settings, onReport);
  const print = receivers.useOutput ? say : undefined;
  const pipelineOn = (data: DataDirectory): RunOptions => ({
    pipeline: settings.pipeline,
    catalog,
    data,
    correlation: settings.correlation,
    sources: pipelineSources(settings, frameCheckOf(catalog), data, onReport),
    receivers: receivers.byTopic,
    outputs: (partition) => outputsOf(settings, partition, data.partitions),
    rewards: rewards === undefined ? undefined : { settings: rewards, now: clockOf(settings), onRefused: tell },
  });
  if (options.drain === true) {
    const form = options.json === true ? 'json' : 'equations';
    const drained = drainData({ ...options, path: settings.data, partitions, hashes, pipelineOn, form, print });
    return await drained.finally(() => receivers.close());
  }
  const data = openDataDirectory(settings.data, { ...(partitions === undefined ? {} : { partitions }), hashes });
  const stop = drainOnSignals();
  try {
    // A directory keeps its partitions, which the file need not say.
    refuseAny([...outputFileProblems({ ...settings, partitions: data.partitions }, file, places, copybooks)]);
    const summary = await runPipeline({ ...pipelineOn(data), onStart: live.start }, stop).finally(() => live.stop());
    for (const refusal of summary.rewards?.refusals ?? []) tell(refusal);
    const status = await finishPipeline(summary, options.json === true ? 'json' : 'equations', print);
    if (drainedStatus() !== 0) say('stopped by a signal; what is done is kept\n');
    say(topicGuide(settings.data, summary));
    return status;
  } finally {
    await receivers.close();
    await data.close();
    // Whoever reads standard output may take all the time there is.
    if (drainedStatus() !== 0 && receivers.outputStalls) process.exit(drainedStatus());
  }
}

function refuseAny(problems: readonly SettingsProblem[]): void {
  if (problems.length > 0) throw new SettingsError(problems.toSorted(byPlace));
}

/** The clock, unless all frames say when they were captured. */
function clockOf({ sources, rewards }: PipelineSettings): (() => number) | null {
  const captured = sources.every(({ capture, format = 'capture', follow }) => {
    return capture !== undefined && format === 'capture' && follow !== true;
  });
  return (rewards?.now ?? (captured ? 'capture' : 'clock')) === 'capture' ? null : Date.now;
}

/** What becomes of topics. */
function outputsOf(
  { topics = {} }: PipelineSettings,
  partition: number,
  partitions: number,
): Readonly<Record<string, OutputOptions>> {
  const outputs = Object.entries(topics).map(([topic, { keep, retention, jsonl }]) => {
    const sinks = [];
    if (jsonl !== undefined) {
      const path = partitionFile(jsonl, partition, partitions);
      sinks.push(jsonlFile({ path, name: `jsonl-${topic}` }));
    }
    return [topic, { keep, retention: { milliseconds: retention?.time, bytes: retention?.bytes }, sinks }];
  });
  return Object.fromEntries(outputs) as Record<string, OutputOptions>;
}
