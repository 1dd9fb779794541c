import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { OverpunchError } from '../errors.ts';
import { compileEvents } from '../frames/catalog/compile-events.ts';
import { frameCheckOf } from '../frames/header/frame-check-of.ts';
import { flowTopics } from '../pipeline/flow-outputs.ts';
import { loadPipeline } from '../pipeline/load-pipeline.ts';
import type { PipelineSettings } from '../pipeline/pipeline-schema.ts';
import { checkRewards } from '../pipeline/rewards/check-rewards.ts';
import { rewardTopics } from '../pipeline/rewards/stage-topics.ts';
import { type RunOptions, runPipeline } from '../pipeline.ts';
import type { OutputOptions } from '../runtime/embedded/committed-outputs.ts';
import { type DataDirectory, openDataDirectory } from '../runtime/embedded/data-directory.ts';
import { jsonlFile } from '../sinks/jsonl-file.ts';
import { catalogHash } from './catalog-hash.ts';
import { checkCaptures } from './check-captures.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { drainData, drainOption } from './drain-data.ts';
import { drainedStatus, drainOnSignals } from './draining.ts';
import { finishPipeline } from './finish-pipeline.ts';
import { LiveStatus } from './live-status.ts';
import { openCatalog } from './open-catalog.ts';
import { flag } from './option-definition.ts';
import { pipelineSources } from './pipeline-sources.ts';
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
  const settings = loadPipeline(file, options.allowOutside === true);
  const live = new LiveStatus(settings.pipeline, process.stderr, options.quiet === true);
  const say = options.quiet === true ? () => undefined : live.say;
  const catalog = await openCatalog(settings.catalog, options.allowOutside);
  for (const type of catalog.types) type.codec();
  const events = compileEvents(catalog).names;
  const { rewards } = settings;
  checkTopics(settings, [...flowTopics, ...(rewards === undefined ? [] : rewardTopics), ...events]);
  if (rewards !== undefined) checkRewards(rewards, catalog, events);
  if (options.check === true) {
    say(`${settings.pipeline}: nothing is wrong\n`);
    return 0;
  }
  const { partitions } = settings;
  const hashes = { catalog: catalogHash(catalog) };
  const pipelineOn = (data: DataDirectory): RunOptions => ({
    pipeline: settings.pipeline,
    catalog,
    data,
    correlation: settings.correlation,
    sources: pipelineSources(settings, frameCheckOf(catalog), data, reportToPeople(say)),
    outputs: (partition) => outputsOf(settings, partition, data.partitions),
    rewards: rewards === undefined ? undefined : { settings: rewards, now: clockOf(settings) },
  });
  if (options.drain === true) {
    const form = options.json === true ? 'json' : 'equations';
    return drainData({ ...options, path: settings.data, partitions, hashes, pipelineOn, form });
  }
  checkCaptures(settings.sources.flatMap(({ capture, stdin }) => capture ?? (stdin === true ? '-' : [])));
  const data = openDataDirectory(settings.data, { ...(partitions === undefined ? {} : { partitions }), hashes });
  const stop = drainOnSignals();
  try {
    const summary = await runPipeline({ ...pipelineOn(data), onStart: live.start }, stop).finally(() => live.stop());
    const status = await finishPipeline(summary, options.json === true ? 'json' : 'equations');
    if (drainedStatus() !== 0) say('stopped by a signal; what is done is kept\n');
    say(topicGuide(settings.data, summary));
    return status;
  } finally {
    await data.close();
  }
}

/** The clock, unless all frames say when they were captured. */
function clockOf({ sources, rewards }: PipelineSettings): (() => number) | null {
  const captured = sources.every(({ capture, format = 'capture', follow }) => {
    return capture !== undefined && format === 'capture' && follow !== true;
  });
  return (rewards?.now ?? (captured ? 'capture' : 'clock')) === 'capture' ? null : Date.now;
}

function checkTopics({ topics = {} }: PipelineSettings, known: readonly string[]): void {
  const unknown = Object.keys(topics).find((topic) => !known.includes(topic));
  if (unknown === undefined) return;
  throw new OverpunchError('PIPELINE_SCHEMA', `topics.${unknown}: the pipeline writes no such topic`, {
    hint: `its topics are ${[...new Set(known)].join(', ')}`,
    exitStatus: 3,
  });
}

/** What becomes of topics. With several partitions each writes a file of its own: NAME.jsonl becomes NAME.0.jsonl. */
function outputsOf(
  { topics = {} }: PipelineSettings,
  partition: number,
  partitions: number,
): Readonly<Record<string, OutputOptions>> {
  const outputs = Object.entries(topics).map(([topic, { keep, retention, jsonl }]) => {
    const sinks = [];
    if (jsonl !== undefined) {
      const path = partitions === 1 ? jsonl : jsonl.replace(/(?=\.[^./]*$|$)/, `.${partition}`);
      mkdirSync(dirname(path), { recursive: true });
      sinks.push(jsonlFile({ path, name: `jsonl-${topic}` }));
    }
    return [topic, { keep, retention: { milliseconds: retention?.time, bytes: retention?.bytes }, sinks }];
  });
  return Object.fromEntries(outputs) as Record<string, OutputOptions>;
}
