import { OverpunchError } from '../errors.ts';

/**
 * What becomes of a frame whose identity is still open: `first` keeps the pending frame, `last` takes the new one in its place, `all`
 * is `first`, and lets a response match every open request of its key that is in its window.
 */
export type RetransmissionPolicy = 'first' | 'last' | 'all';

/** How requests and responses are joined. All durations are milliseconds. */
export interface CorrelateSettings {
  /** How much earlier than its request a response may be. */
  readonly before: number;
  /** How much later than its request a response may be. */
  readonly after: number;
  /** How much longer than its window an entry stays open. */
  readonly grace: number;
  /** How far event times may lie behind the largest seen in the same input. */
  readonly disorder: number;
  /** How much later than its ingest time a frame's event time may be. Default: one hour. */
  readonly maxFuture?: number | undefined;
  /** Default: `first`. */
  readonly policy?: RetransmissionPolicy | undefined;
  /** Whether event time is part of a frame's identity; `false` where resends carry new times. Default: true. */
  readonly timeInIdentity?: boolean | undefined;
  /** Inputs that are merged into the journal, numbered from 0: each holds the watermark until it delivered. Default: 1. */
  readonly inputs?: number | undefined;
  /** Most entries that may be open. Default: 16 million, which is also the most it may be. */
  readonly maxOpen?: number | undefined;
  /** Most bytes of frames that may be open. Default: no limit. */
  readonly maxOpenBytes?: number | undefined;
  /** Bytes of open frames, and 256 more for each, that are kept in memory where the others can be read from the state. Default: 256 MiB. */
  readonly maxMemory?: number | undefined;
}

/** The settings with every default in its place. */
export type CorrelationRule = { readonly [Name in keyof CorrelateSettings]-?: NonNullable<CorrelateSettings[Name]> };

/** Most open entries of one partition: it bounds what is allocated. */
export const mostOpen: number = 1 << 24;

/** Put defaults in, and throw USAGE for settings that make no sense. */
export function correlationRule(settings: CorrelateSettings): CorrelationRule {
  const { before, after, grace, disorder, maxFuture = 3_600_000 } = settings;
  for (const [name, value] of Object.entries({ before, after, grace, disorder, maxFuture })) {
    if (!(Number.isSafeInteger(value) && value >= 0)) {
      throw refused(`${name} is ${value}: expected whole milliseconds, 0 or more`);
    }
  }
  const { policy = 'first', timeInIdentity = true, inputs = 1 } = settings;
  if (policy !== 'first' && policy !== 'last' && policy !== 'all') {
    throw refused(`policy is ${JSON.stringify(policy)}: expected first, last or all`);
  }
  const { maxOpen = mostOpen, maxOpenBytes = Number.POSITIVE_INFINITY } = settings;
  if (!(Number.isSafeInteger(maxOpen) && maxOpen >= 0 && maxOpen <= mostOpen)) {
    throw refused(`maxOpen is ${maxOpen}: expected 0 to ${mostOpen}`);
  }
  if (!(maxOpenBytes >= 0)) throw refused(`maxOpenBytes is ${maxOpenBytes}: expected 0 or more`);
  const { maxMemory = 256 << 20 } = settings;
  if (!(maxMemory >= 0)) throw refused(`maxMemory is ${maxMemory}: expected 0 or more`);
  const caps = { maxOpen, maxOpenBytes, maxMemory };
  return { before, after, grace, disorder, maxFuture, policy, timeInIdentity, inputs, ...caps };
}

function refused(problem: string): OverpunchError {
  return new OverpunchError('USAGE', `correlation: ${problem}`);
}
