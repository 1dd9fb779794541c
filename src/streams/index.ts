export type { Batch } from './batch.ts';
export { type BatchOptions, batch } from './batch-messages.ts';
export { correlate } from './correlate.ts';
export type { CorrelateSettings, RetransmissionPolicy } from './correlate-settings.ts';
export type {
  ClosedFrame,
  CorrelatedBatch,
  PlainFrame,
  QuarantinedFrame,
  RejectedFrame,
} from './correlated-batch.ts';
export {
  type CorrelationAccount,
  correlationBalances,
  type DirectionAccount,
  formatCorrelation,
} from './correlation-account.ts';
export { type Correlator, type CorrelatorOptions, createCorrelator } from './correlator.ts';
export { type DecodedBatch, type DecodedPair, decodeFrames, type ReadFrame } from './decode-frames.ts';
export { decodeHeaders } from './decode-headers.ts';
export { type DedupedBatch, dedupe } from './dedupe.ts';
export type { HeadedBatch, HeaderIssue } from './headed-batch.ts';
export type { HeadedFrame } from './headed-frame.ts';
export { JournalColumns } from './journal-columns.ts';
export type { FrameEntry, InputEntry, JournalEntry, TickEntry } from './journal-entry.ts';
export type { MatchedPair } from './matched-pair.ts';
export { type PartitionedBatch, partitionBy } from './partition-by.ts';
export { type HeaderView, readHeaders } from './read-headers.ts';
export type { Receiver, TopicBatch } from './receiver.ts';
export { type Gap, type ResequencedBatch, type ResequenceOptions, resequence } from './resequence.ts';
export type { Sink, SinkRecord } from './sink.ts';
export type { ReadLimit, Source, SourceFrame, SourceRead, SourceStatus } from './source.ts';
export type { StateChange, StateEntry, StoredState } from './state-entry.ts';
export { type StateOverview, stateOverview } from './state-overview.ts';
export { type BatchMetrics, tapMetrics } from './tap-metrics.ts';
export { toEvents, type WithMessages } from './to-events.ts';
