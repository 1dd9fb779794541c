import type { SinkRecord } from './sink.ts';

/**
 * Who is handed the records of topics behind their commit, each at least once. A batch that was under way when a run ended comes again: the
 * same records, under the same number.
 */
export interface Receiver {
  /** Stays the same over restarts, and differs from that of the other receivers of the topic. */
  readonly name: string;
  /** Hand a batch over; resolves when the receiver has it. Rejects when the signal aborts before that. */
  deliver(batch: TopicBatch, signal: AbortSignal): Promise<void>;
}

/** A stretch of a topic in one partition. */
export interface TopicBatch {
  readonly pipeline: string;
  readonly topic: string;
  readonly partition: number;
  /** Counts from 1, without gaps, for each receiver of a topic in a partition. */
  readonly number: number;
  /** Offset of the first record in the topic. */
  readonly offset: number;
  readonly records: readonly SinkRecord[];
}
