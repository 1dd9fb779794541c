import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { OverpunchError } from '../errors.ts';
import { compileEvents } from '../frames/catalog/compile-events.ts';
import type { FrameFormat } from '../frames/framer.ts';
import { frameCheckOf } from '../frames/header/frame-check-of.ts';
import { flowTopics } from '../pipeline/flow-outputs.ts';
import { loadPipeline } from '../pipeline/load-pipeline.ts';
import type { PipelineSettings, SourceSettings } from '../pipeline/pipeline-schema.ts';
import { runPipeline } from '../pipeline.ts';
import type { OutputOptions } from '../runtime/embedded/committed-outputs.ts';
import { type DataDirectory, openDataDirectory } from '../runtime/embedded/data-directory.ts';
import { topicSource } from '../runtime/embedded/topic-source.ts';
import { TopicStore } from '../runtime/embedded/topic-store.ts';
import { jsonlFile } from '../sinks/jsonl-file.ts';
import { captureFile } from '../sources/capture-file.ts';
import { spoolDirectory } from '../sources/spool-directory.ts';
import type { Source } from '../streams/source.ts';
import { catalogFraming } from './catalog-framing.ts';
import { catalogHash } from './catalog-hash.ts';
import { checkCaptures } from './check-captures.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { drainedStatus, drainOnSignals } from './draining.ts';
import { finishPipeline } from './finish-pipeline.ts';
import { openCatalog } from './open-catalog.ts';
import { flag } from './option-definition.ts';
import { topicGuide } from './topic-guide.ts';
import { unlessQuiet } from './unless-quiet.ts';

/** What `run` can be told. */
export interface RunPipelineOptions {
  readonly check?: boolean;
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
  ],
  options: {
    check: flag('Everywhere', 'only say whether the pipeline and its catalog are right'),
    json: flag('Output', 'print what was counted as JSON'),
  },
  run,
};

async function run([file = '']: readonly string[], options: RunPipelineOptions & CommonOptions): Promise<number> {
  const say = unlessQuiet(options);
  const settings = loadPipeline(file, options.allowOutside === true);
  const catalog = await openCatalog(settings.catalog, options.allowOutside);
  for (const type of catalog.types) type.codec();
  checkTopics(settings, [...flowTopics, ...compileEvents(catalog).names]);
  if (options.check === true) {
    say(`${settings.pipeline}: nothing is wrong\n`);
    return 0;
  }
  for (const { capture } of settings.sources) if (capture !== undefined) checkCaptures([capture]);
  const check = frameCheckOf(catalog);
  const { partitions } = settings;
  const data = openDataDirectory(settings.data, {
    ...(partitions === undefined ? {} : { partitions }),
    hashes: { catalog: catalogHash(catalog) },
  });
  const stop = drainOnSignals();
  try {
    const summary = await runPipeline(
      {
        pipeline: settings.pipeline,
        catalog,
        data,
        correlation: settings.correlation,
        sources: (partition) =>
          settings.sources.map((source) => {
            const format = catalogFraming(source.format ?? 'capture', {}, check);
            return sourceOf(source, format, settings.pipeline, data, partition);
          }),
        outputs: (partition) => outputsOf(settings, partition, data.partitions),
      },
      stop,
    );
    const status = await finishPipeline(summary, options.json === true ? 'json' : 'equations');
    if (drainedStatus() !== 0) say('stopped by a signal; what is done is kept\n');
    say(topicGuide(settings.data, summary));
    return status;
  } finally {
    await data.close();
  }
}

function checkTopics({ topics = {} }: PipelineSettings, known: readonly string[]): void {
  const unknown = Object.keys(topics).find((topic) => !known.includes(topic));
  if (unknown === undefined) return;
  throw new OverpunchError('PIPELINE_SCHEMA', `topics.${unknown}: the pipeline writes no such topic`, {
    hint: `its topics are ${[...new Set(known)].join(', ')}`,
    exitStatus: 3,
  });
}

function sourceOf(
  { capture, spool, topic, name, done, follow }: SourceSettings,
  format: FrameFormat,
  consumer: string,
  data: DataDirectory,
  partition: number,
): Source {
  const named = name === undefined ? {} : { name };
  const followed = follow === undefined ? {} : { follow };
  if (capture !== undefined) return captureFile({ path: capture, format, ...named, ...followed });
  if (spool !== undefined) return spoolDirectory({ path: spool, format, ...named, ...followed, done });
  const store = new TopicStore(data.partition(partition));
  return topicSource({ store, topic: topic ?? '', consumer, ...named, ...followed });
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
