/** A stretch of a run in which frames are sent at one rate. */
export interface Phase {
  readonly name: string;
  /** Frames per second. */
  readonly rate: number;
  readonly seconds: number;
}

/** A phase as the generator has planned it: what tells when the frames of a bet are to be sent. */
export interface PlannedPhase extends Phase {
  readonly frames: number;
  /** Frames that are sent over and over, each time under keys and ticket numbers of their own. */
  readonly cycle: number;
  /** The number of the first bet, and how many there are in a cycle. */
  readonly firstBet: number;
  readonly bets: number;
  /** By bet: which frame of the cycle completes it, its answer as a rule; and which one asked for it. */
  readonly completing: Int32Array;
  readonly asking: Int32Array;
}

/** What became of a phase at its sender. Times are nanoseconds of the machine's monotonic clock. */
export interface SentPhase {
  readonly start: number;
  readonly sent: number;
  /** Microseconds from the intended time of a frame to the return of the call that sent it. */
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number };
  /** The most bytes that waited in the sender because the pipeline did not take them. */
  readonly waiting: number;
}

/** What the generator reports. */
export type GeneratorMessage =
  | { readonly kind: 'ready'; readonly phases: readonly PlannedPhase[] }
  | { readonly kind: 'sent'; readonly phases: readonly SentPhase[]; readonly flushed: number };

/** Give the nanoseconds of the clock that all processes of the machine share. */
export function monotonic(): number {
  return Number(process.hrtime.bigint());
}
