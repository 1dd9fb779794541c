import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { FrameFormat } from '../frames/framer.ts';
import { frameCheckOf } from '../frames/header/frame-check-of.ts';
import type { PipelineSummary } from '../pipeline/pipeline-summary.ts';
import { type RunOptions, runPipeline } from '../pipeline.ts';
import { checkPartitions, type DataDirectory, openDataDirectory } from '../runtime/embedded/data-directory.ts';
import { captureFile } from '../sources/capture-file.ts';
import { inSequence } from '../sources/in-sequence.ts';
import type { Source } from '../streams/source.ts';
import { catalogFraming } from './catalog-framing.ts';
import { catalogHash } from './catalog-hash.ts';
import { catalogOptions } from './catalog-options.ts';
import { checkCaptures } from './check-captures.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { type CorrelationOptions, correlationOptions, correlationSettings } from './correlation-options.ts';
import type { OptionTable } from './decoding-options.ts';
import { drainData, drainOption } from './drain-data.ts';
import { drainedStatus, drainOnSignals } from './draining.ts';
import { finishPipeline } from './finish-pipeline.ts';
import { openCatalog } from './open-catalog.ts';
import { choice, flag, integer, text } from './option-definition.ts';
import { inputOfPartitions } from './pipeline-sources.ts';
import { topicGuide } from './topic-guide.ts';
import { unlessQuiet } from './unless-quiet.ts';

/** What `replay` can be told. */
export interface ReplayOptions extends CorrelationOptions {
  readonly catalog?: string;
  readonly data?: string;
  readonly partitions?: number;
  readonly drain?: boolean;
  readonly format?: 'capture' | 'frames' | 'rdw' | 'bdw';
  readonly json?: boolean;
}

const options: OptionTable<ReplayOptions> = {
  catalog: catalogOptions.catalog,
  ...correlationOptions,
  data: text(
    'Data directory',
    'DIR',
    'keep topics and state there, and go on where it was left; without it nothing is kept',
    {
      path: true,
    },
  ),
  partitions: integer('Data directory', 'N', 1, 'spread frames over so many partitions by their keys', {
    standard: '1',
  }),
  drain: drainOption,
  format: choice('Framing', ['capture', 'frames', 'rdw', 'bdw'], 'how frames lie in the files', {
    standard: 'capture',
  }),
  json: flag('Output', 'print the summary as JSON'),
};

/** `overpunch replay CAPTURE…`: captures through the whole pipeline, to their end. */
export const replayCommand: Command<ReplayOptions> = {
  name: 'replay',
  summary:
    'Run captures through the pipeline: join requests to responses, decode the pairs, make events, and count what became of every frame. Exit status 1 if something is in quarantine.',
  operand: {
    name: 'captures',
    many: true,
    summary: 'capture files, read one after the other as one input; - is standard input',
  },
  examples: [
    ['overpunch replay day.cap --catalog catalog.yaml', 'what became of every frame?'],
    [
      'overpunch replay day.cap --catalog catalog.yaml --data day',
      'the same, and keep the pairs and events as topics in day/',
    ],
    ['overpunch replay day.cap --catalog catalog.yaml --after 5s', 'with a longer window than the catalog says'],
  ],
  options,
  run: replay,
};

async function replay(operands: readonly string[], options: ReplayOptions & CommonOptions): Promise<number> {
  const say = unlessQuiet(options);
  if (options.catalog === undefined) throw new OverpunchError('USAGE', 'replay needs --catalog FILE');
  const files = checkCaptures(operands);
  const catalog = await openCatalog(options.catalog, options.allowOutside);
  const format = catalogFraming(options.format ?? 'capture', {}, frameCheckOf(catalog));
  const partitions = options.partitions === undefined ? {} : { partitions: options.partitions };
  const hashes = options.data === undefined ? {} : { catalog: catalogHash(catalog) };
  const pipelineOn = (data: DataDirectory | null): RunOptions => ({
    pipeline: 'replay',
    catalog,
    data,
    ...partitions,
    correlation: correlationSettings(options),
    sources: captureSources(files, operands, format, data?.partitions ?? options.partitions ?? 1),
  });
  if (options.drain === true) {
    if (options.data === undefined) throw new OverpunchError('USAGE', '--drain needs --data DIR');
    const form = options.json === true ? 'json' : 'table';
    return drainData({ ...options, path: options.data, partitions: options.partitions, hashes, pipelineOn, form });
  }
  const data = options.data === undefined ? null : openDataDirectory(options.data, { ...partitions, hashes });
  if ((options.format ?? 'capture') !== 'capture' && options.quiet !== true) {
    say('the frames have no capture times: none is refused for being in the future\n');
  }
  const stop = drainOnSignals();
  const started = performance.now();
  let taken = 0;
  try {
    const onFrames = (count: number): void => {
      taken += count;
    };
    const summary = await runPipeline({ ...pipelineOn(data), onFrames }, stop);
    const seconds = (performance.now() - started) / 1000;
    const status = await finishPipeline(summary, options.json === true ? 'json' : 'table');
    say(`${seconds.toFixed(2)} s; ${Math.round(taken / Math.max(seconds, 0.001)).toLocaleString('en')} frames/s\n`);
    say(remark(summary, taken, files));
    if (drainedStatus() !== 0) say(`stopped by a signal; what is done is ${data === null ? 'not kept' : 'kept'}\n`);
    if (options.data !== undefined) say(topicGuide(options.data, summary));
    return status;
  } finally {
    await data?.close();
  }
}

/** Make the input of each partition: the captures one after the other, of which one may be standard input. `names` are those people gave. */
function captureSources(
  files: readonly string[],
  names: readonly string[],
  format: FrameFormat,
  partitions: number,
): (partition: number) => readonly Source[] {
  checkPartitions(partitions);
  const input = files.includes('-') ? inputOfPartitions('standard input', format, partitions, false) : [];
  return (partition) => {
    const captures = files.map(
      (path, index) =>
        (path === '-' ? input[partition] : undefined) ?? captureFile({ path, format, name: names[index] }),
    );
    return [inSequence('capture', captures)];
  };
}

/** What a summary alone would leave people to wonder about; nothing for most. */
function remark({ account }: PipelineSummary, taken: number, files: readonly string[]): string {
  const [file = ''] = files;
  if (account.frames === 0) return 'there is no frame in the input\n';
  if (account.quarantined === account.frames) {
    return `no frame could be read by this catalog; overpunch decode ${printable(file)} --catalog FILE --limit 1 says why\n`;
  }
  return taken === 0 ? 'nothing came since the last time: these are the totals\n' : '';
}
