/**
 * Where records of an output go, besides a topic. It is written to before the commit of a batch, and its position is part of that commit:
 * whatever stands behind the committed position when it is opened was written by a batch that never was, and comes again.
 */
export interface Sink {
  /** Stays the same over restarts, and differs from that of the other sinks. */
  readonly name: string;
  /** Go back to where the last commit left it; `null`: to the beginning. Called once, before all else. */
  open(position: string | null): void | Promise<void>;
  /** Take the records of a batch, and be done only when they are durable. `batch` is its number, for receivers that see repeats. */
  write(records: readonly SinkRecord[], batch: number): void | Promise<void>;
  readonly position: string;
  close(): void | Promise<void>;
}

/** A record for a sink. Its bytes hold only while it is written. */
export interface SinkRecord {
  readonly key: Uint8Array;
  /** Event time in milliseconds since 1970-01-01T00:00:00Z; `null` where there is none. */
  readonly time: number | null;
  readonly value: Uint8Array;
}
