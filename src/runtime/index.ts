export { type Clock, machineClock } from './embedded/clock.ts';
export type { OutputOptions } from './embedded/committed-outputs.ts';
export {
  type DataDirectory,
  type DataDirectoryOptions,
  type DrainableDirectory,
  openDataDirectory,
  openToDrain,
} from './embedded/data-directory.ts';
export { Handover, type TakenOver, type Taker } from './embedded/handover.ts';
export type { IdleOptions } from './embedded/idle-watch.ts';
export { type Accept, Journal } from './embedded/journal.ts';
export { murmur2, partitionOfKey } from './embedded/partition-of-key.ts';
export { type OperatorsOptions, type Outputs, type Process, processOfOperators } from './embedded/process.ts';
export { type Progress, ProgressTable } from './embedded/progress.ts';
export type { RecordBlock, TopicRecord } from './embedded/record-block.ts';
export { RecordWriter } from './embedded/record-writer.ts';
export {
  appendToPartition,
  dropFetched,
  type IncomingOptions,
  incomingSource,
  outgoingTopic,
} from './embedded/repartition.ts';
export { type ReplayOptions, replayJournal } from './embedded/replay-journal.ts';
export { type PartitionOptions, runPartition } from './embedded/run-partition.ts';
export { type DeliveriesOptions, TopicDeliveries } from './embedded/topic-deliveries.ts';
export { TopicReader, tailTopic } from './embedded/topic-reader.ts';
export { type TopicSourceOptions, topicSource } from './embedded/topic-source.ts';
export { type BlockEntry, type Retention, type TopicExtent, TopicStore } from './embedded/topic-store.ts';
