import { OverpunchError } from '../errors.ts';
import { type CorrelateSettings, correlationRule } from './correlate-settings.ts';
import type { ClosedFrame, CorrelatedBatch, PlainFrame, QuarantinedFrame, RejectedFrame } from './correlated-batch.ts';
import { Correlation } from './correlation.ts';
import { type CorrelationAccount, correlationBalances, formatCorrelation } from './correlation-account.ts';
import { CorrelationState } from './correlation-state.ts';
import type { HeadedBatch } from './headed-batch.ts';
import { HeadedFrame } from './headed-frame.ts';
import { MatchedPair } from './matched-pair.ts';
import { OpenFrames } from './open-frames.ts';
import { outcomes } from './outcome-log.ts';
import type { StateChange, StateEntry, StoredState } from './state-entry.ts';

/** What a correlator may use besides its settings. */
export interface CorrelatorOptions {
  /** Whether `changes` will be called after batches: only then what changed is kept. Default: false. */
  readonly durable?: boolean | undefined;
  /**
   * Look up a piece of the state as it was committed last: all that `changes` gave out by then, and `restore` was given. With it, frames beyond
   * `maxMemory` are let go when they were given out. Default: all open frames stay in memory.
   */
  readonly stored?: StoredState | undefined;
}

/** Joins the requests and responses of one partition. */
export interface Correlator {
  /** Take in the next batch of the journal. Its bytes are not used afterwards. */
  correlate(batch: HeadedBatch): CorrelatedBatch;
  readonly watermark: number;
  readonly account: CorrelationAccount;
  /** Bytes of the tables, without those of the frames. */
  readonly memory: number;
  /** Net changes of the state since they were asked for last. What was opened and closed in between is not among them. */
  changes(): readonly StateChange[];
  /** The whole state, in the form of the changes. */
  snapshot(): readonly StateEntry[];
  /** Go on from a state; before the first batch only. Throws STATE_INCOMPATIBLE when it was made with other settings. */
  restore(state: Iterable<StateEntry>): void;
}

/** Make a correlator. Throws USAGE for settings that make no sense. */
export function createCorrelator(settings: CorrelateSettings, options: CorrelatorOptions = {}): Correlator {
  return new JournalCorrelator(settings, options);
}

class JournalCorrelator implements Correlator {
  private readonly core: Correlation;
  private readonly frames: OpenFrames;
  private readonly state: CorrelationState;

  constructor(settings: CorrelateSettings, options: CorrelatorOptions) {
    const { stored, durable = false } = options;
    this.core = new Correlation(correlationRule(settings));
    this.frames = new OpenFrames(this.core, durable, stored);
    this.state = new CorrelationState(this.core, this.frames);
  }

  get watermark(): number {
    return this.core.watermark;
  }

  get account(): CorrelationAccount {
    const { counters, openOf } = this.core;
    return counters.account(openOf[0] as number, openOf[1] as number);
  }

  get memory(): number {
    return this.core.memory;
  }

  changes(): readonly StateChange[] {
    return this.state.changes();
  }

  snapshot(): readonly StateEntry[] {
    return this.state.snapshot();
  }

  restore(state: Iterable<StateEntry>): void {
    this.state.restore(state);
  }

  correlate(batch: HeadedBatch): CorrelatedBatch {
    const { core, frames } = this;
    core.run(batch.columns, 0, batch.columns.length);
    const result = new BatchOutcomes(core, batch, frames);
    for (let row = 0; row < core.log.length; row++) result.take(row);
    core.log.clear();
    core.keys.settle();
    frames.detach();
    const { account, watermark } = this;
    if (!correlationBalances(account) || account.requests.open + account.responses.open !== core.open.count) {
      throw new OverpunchError('ACCOUNT', `the states of frames do not add up:\n${formatCorrelation(account)}`);
    }
    const { partition, from, to } = batch;
    const { messages, expired, orphans, late, duplicates, rejected, notices, quarantined } = result;
    const outputs = { expired, orphans, late, duplicates, rejected, notices, quarantined };
    return { partition, from, to, messages, ...outputs, account, watermark };
  }
}

/** Turns the rows of the log into the outputs of a batch. */
class BatchOutcomes {
  readonly messages: MatchedPair[] = [];
  readonly expired: ClosedFrame[] = [];
  readonly orphans: ClosedFrame[] = [];
  readonly late: ClosedFrame[] = [];
  readonly duplicates: ClosedFrame[] = [];
  readonly rejected: RejectedFrame[] = [];
  readonly notices: PlainFrame[] = [];
  readonly quarantined: QuarantinedFrame[] = [];
  private readonly core: Correlation;
  private readonly batch: HeadedBatch;
  private readonly frames: OpenFrames;

  constructor(core: Correlation, batch: HeadedBatch, frames: OpenFrames) {
    this.core = core;
    this.batch = batch;
    this.frames = frames;
  }

  take(row: number): void {
    const { log } = this.core;
    const index = log.index(row);
    const kind = log.kind(row);
    switch (kind) {
      case outcomes.matched:
      case outcomes.alsoMatched:
        this.match(row, index);
        break;
      case outcomes.opened:
        this.open(log.entry(row), index);
        break;
      case outcomes.replaced:
        this.duplicates.push(this.closedEntry(row, index));
        this.open(log.entry(row), index);
        break;
      case outcomes.unmatched:
        (log.direction(row) === 0 ? this.expired : this.orphans).push(this.closedEntry(row, index));
        break;
      case outcomes.rejected:
        this.rejected.push({ ...this.closedEntry(row, index), reason: 'capacity' });
        break;
      case outcomes.late:
        this.late.push(this.closedFrame(index));
        break;
      case outcomes.duplicate:
        this.duplicates.push(this.closedFrame(index));
        break;
      case outcomes.notice:
        this.notices.push({ position: this.position(index), bytes: this.bytes(index) });
        break;
      default:
        this.quarantine(index, kind);
    }
  }

  private match(row: number, index: number): void {
    const came = this.headed(index);
    const waited = this.entry(row);
    const isRequest = this.core.log.direction(row) === 0;
    const at = came.position;
    this.messages.push(isRequest ? new MatchedPair(waited, came, at) : new MatchedPair(came, waited, at));
  }

  private open(entry: number, index: number): void {
    this.frames.put(entry, this.bytes(index));
  }

  private quarantine(index: number, kind: number): void {
    const { columns, issues } = this.batch;
    const issue =
      kind === outcomes.future
        ? ({
            code: 'FRAME_FUTURE',
            message: `the event time is ${columns.time(index) - (columns.ingested[index] as number)} ms later than the ingest time`,
          } as const)
        : (issues.get(index) ?? ({ code: 'HEADER_FIELD', message: 'the header cannot be read' } as const));
    this.quarantined.push({ position: this.position(index), bytes: this.bytes(index), ...issue });
  }

  /** The open entry of a row, which ends here. */
  private entry(row: number): HeadedFrame {
    const { log, keys } = this.core;
    const entry = log.entry(row);
    const { records } = this.core;
    const bytes = this.frames.take(entry);
    const chunk = records.chunk(entry);
    const at = records.at(entry);
    const key = keys.keyOf(chunk[at] as number);
    return new HeadedFrame(key, chunk[at + 2] as number, chunk[at + 1] as number, log.position(row), bytes);
  }

  private closedEntry(row: number, index: number): ClosedFrame {
    const direction = this.core.log.direction(row) === 0 ? 'request' : 'response';
    return { direction, ...this.entry(row), at: this.position(index) };
  }

  private closedFrame(index: number): ClosedFrame {
    const direction = this.batch.columns.kind[index] === 0 ? 'request' : 'response';
    const frame = this.headed(index);
    return { direction, ...frame, at: frame.position };
  }

  private headed(index: number): HeadedFrame {
    const { columns } = this.batch;
    const position = this.position(index);
    return new HeadedFrame(
      columns.key(index),
      columns.sequence(index),
      columns.time(index),
      position,
      this.bytes(index),
    );
  }

  private position(index: number): number {
    return this.batch.columns.position(index);
  }

  private bytes(index: number): Uint8Array {
    const message = this.batch.messages[index];
    if (message?.kind !== 'frame') throw new OverpunchError('ACCOUNT', `message ${index} of a batch is not a frame`);
    return message.bytes;
  }
}
