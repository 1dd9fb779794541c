/** Time as sources see it, so that a test can hold it still. */
export interface SourceClock {
  /** Milliseconds that never go back and mean nothing by themselves. */
  now(): number;
  /** Milliseconds since 1970-01-01T00:00:00Z: when a frame is taken in. */
  date(): number;
}

/** The clock of this machine. */
export const machineTime: SourceClock = { now: () => performance.now(), date: () => Date.now() };
