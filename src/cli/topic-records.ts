import { OverpunchError } from '../errors.ts';
import { createFrameReader } from '../frames/catalog/create-frame-reader.ts';
import { flowTopics } from '../pipeline/flow-outputs.ts';
import { rewardTopics } from '../pipeline/rewards/stage-topics.ts';
import { machineClock } from '../runtime/embedded/clock.ts';
import type { DataDirectory } from '../runtime/embedded/data-directory.ts';
import { TopicReader } from '../runtime/embedded/topic-reader.ts';
import { TopicStore } from '../runtime/embedded/topic-store.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { CommonOptions } from './common-options.ts';
import type { OptionTable } from './decoding-options.ts';
import { openCatalog } from './open-catalog.ts';
import { flag, integer, text } from './option-definition.ts';
import { standardOutput } from './output-target.ts';
import { type TopicOptions, topicOptions } from './topic-options.ts';
import { decodedRecord, type PlacedRecord, recordFormat, recordLine } from './topic-record-line.ts';
import { unknownTopic } from './unknown-topic.ts';
import { unlessQuiet } from './unless-quiet.ts';

/** Topics that pipelines write, whatever their catalog: that they have none of it yet is no mistake of whoever asks. */
const alwaysThere: ReadonlySet<string> = new Set([...flowTopics, ...rewardTopics]);
const atOnce = 500; // records
const pause = 200; // milliseconds between looks at a topic that has nothing new

/** What `topic read` and `topic tail` can be told. */
export interface TopicReadOptions extends TopicOptions {
  readonly from?: string;
  readonly partition?: number;
  readonly limit?: number;
  readonly json?: boolean;
  readonly printFormat?: string;
  readonly decode?: boolean;
  readonly catalog?: string;
}

/** A definition for each of them. */
export const topicReadOptions: OptionTable<TopicReadOptions> = {
  ...topicOptions,
  catalog: text('Catalog', 'FILE', 'catalog.yaml of the frames, for --decode; or overpunch:itc', { path: true }),
  from: text(
    'Which records',
    'OFFSET|TIME',
    'begin at an offset, at a time such as 2026-03-01T12:30:00Z (UTC unless it has another zone), or with the last N: -N',
  ),
  partition: integer('Which records', 'N', 0, 'only those of one partition'),
  limit: integer('Which records', 'N', 1, 'at most so many'),
  json: flag('Output', 'print lines of JSON, as it does without -f'),
  printFormat: text('Output', 'FORMAT', 'print as kcat does: %t %p %o %k %s %S %T, and \\n \\t', { alias: 'f' }),
  decode: flag('Output', 'show what frames in values say in the place of their bytes; needs --catalog'),
};

/** What is read, and how a topic is followed. */
export interface TopicReading {
  readonly topic: string;
  readonly data: DataDirectory;
  /** Where it begins unless it is told. */
  readonly start: 'first' | 'end';
  /** Go on with what is appended, until this signal. */
  readonly follow: AbortSignal | null;
}

/** Print the records of a topic, partition by partition. Throws USAGE, and ClosedPipe when nobody reads any more. */
export async function printTopic(
  { topic, data, start, follow }: TopicReading,
  options: TopicReadOptions & CommonOptions,
): Promise<void> {
  const write = await recordWriter(options);
  const stores = partitionsOf(data, options.partition).map((partition) => new TopicStore(data.partition(partition)));
  const all = partitionsOf(data, undefined).map((partition) => new TopicStore(data.partition(partition)));
  if (!all.some((store) => store.names().includes(topic))) {
    if (!alwaysThere.has(topic)) {
      throw unknownTopic(
        topic,
        all.map(({ environment }) => environment),
      );
    }
    unlessQuiet(options)(`nothing was written to ${topic} yet\n`);
  }
  const readers = stores.map((store, index) => ({
    store,
    partition: partitionsOf(data, options.partition)[index] ?? 0,
    reader: new TopicReader(store, topic, offsetOf(store, topic, options.from, start)),
  }));
  const output = new BatchedWriter(standardOutput());
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  for (;;) {
    let given = 0;
    for (const { store, partition, reader } of readers) {
      store.environment.renew();
      while (left > 0) {
        const records = reader.read(Math.min(atOnce, left));
        if (records.length === 0) break;
        for (const record of records) output.add(write({ ...record, topic, partition }));
        left -= records.length;
        given += records.length;
        if (output.full) await output.flush();
        if (follow?.aborted === true) break;
      }
    }
    if (given > 0) await output.flush();
    if (follow === null || follow.aborted || left === 0) break;
    if (given === 0) await machineClock.wait(pause, follow);
  }
  await output.commit();
}

async function recordWriter(options: TopicReadOptions & CommonOptions): Promise<(record: PlacedRecord) => string> {
  const write = options.printFormat === undefined ? recordLine : recordFormat(options.printFormat);
  if (options.decode !== true) return write;
  if (options.catalog === undefined) {
    throw new OverpunchError('USAGE', '--decode needs --catalog FILE, which describes the frames');
  }
  const reader = createFrameReader(await openCatalog(options.catalog, options.allowOutside));
  return (record) => write(decodedRecord(record, reader));
}

function partitionsOf({ partitions }: DataDirectory, wanted: number | undefined): readonly number[] {
  if (wanted === undefined) return Array.from({ length: partitions }, (_unused, partition) => partition);
  if (wanted < partitions) return [wanted];
  throw new OverpunchError('USAGE', `there is no partition ${wanted}: there are ${partitions}, from 0 on`);
}

function offsetOf(store: TopicStore, topic: string, from: string | undefined, start: TopicReading['start']): number {
  const { first, end } = store.extent(topic);
  if (from === undefined) return start === 'end' ? end : first;
  if (/^[0-9]{1,15}$/.test(from)) return Number(from);
  if (/^-[0-9]{1,15}$/.test(from)) return Math.max(first, end + Number(from));
  const time = timeOf(from);
  if (!Number.isNaN(time)) return store.offsetAtTime(topic, time);
  throw new OverpunchError('USAGE', `--from ${from} is no offset and no time`, {
    hint: 'give an offset, a time such as 2026-03-01T12:30:00Z, or -N for the last N records',
  });
}

/** A time in milliseconds, of UTC where it names no zone; NaN for what is none. */
function timeOf(text: string): number {
  const [, date, hour, zone] =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9:.]+)(Z|[+-][0-9]{2}:?[0-9]{2})?)?$/.exec(text) ?? [];
  return date === undefined ? Number.NaN : Date.parse(`${date}T${hour ?? '00:00'}${zone ?? 'Z'}`);
}
