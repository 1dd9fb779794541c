import { OverpunchError } from '../../errors.ts';
import { frameIssue, quarantineLine } from '../../frames/quarantine-line.ts';
import type { RewardAccount } from '../../rewards/reward-account.ts';
import type { RewardEntry } from '../../rewards/reward-entry.ts';
import { openRewardStore } from '../../rewards/reward-store.ts';
import type { RewardTotals } from '../../rewards/reward-totals.ts';
import type { Outputs, Process } from '../../runtime/embedded/process.ts';
import { outgoingTopic } from '../../runtime/embedded/repartition.ts';
import { TopicStore } from '../../runtime/embedded/topic-store.ts';
import { openBlockTable } from '../../state/block-table.ts';
import type { Environment } from '../../state/environment.ts';
import type { FrameEntry } from '../../streams/journal-entry.ts';
import type { CouponFrameWriter } from './coupon-frames.ts';
import { EntriesAhead } from './entries-ahead.ts';
import type { KeptTexts } from './kept-texts.ts';
import { readLine } from './read-line.ts';
import type { Refusal } from './refusals.ts';
import { type EntryOptions, RewardEntries } from './reward-entries.ts';
import { RewardTopics } from './reward-topics.ts';
import { rewardsTable } from './rewards-table.ts';
import { StageCounts } from './stage-counts.ts';
import type { StageProgress } from './stage-progress.ts';
import type { InputKind } from './stage-sources.ts';

/** What the rewards of a partition are made of. */
export interface RewardsProcessOptions extends EntryOptions {
  /** Names its state; the same as in `runPartition`. */
  readonly pipeline: string;
  readonly environment: Environment;
  readonly progress: StageProgress;
  readonly frames: CouponFrameWriter | null;
  /** The texts of campaigns that its journal refers to. */
  readonly kept: KeptTexts;
  /** Hear at once of campaigns that are not put into force. */
  readonly onRefused?: ((refusal: Refusal) => void) | undefined;
}

/** The rewards of one partition as a process for `runPartition`. */
export interface RewardsProcess extends Process {
  /** What was counted since its beginning, over restarts. */
  readonly counts: StageCounts;
  readonly account: RewardAccount;
  readonly totals: RewardTotals;
}

type Refused = Pick<OverpunchError, 'code' | 'message'>;

const noKey = new Uint8Array(0);
const giveUp = 16; // commits between looks at what may be dropped

/** Make the rewards of one partition: each frame of the journal is an entry that the engine judges. */
export function rewardsProcess(options: RewardsProcessOptions): RewardsProcess {
  const { pipeline, environment, progress, partition, partitions, inputs } = options;
  const topics = new TopicStore(environment);
  const table = openBlockTable(environment, `stage-${pipeline}`);
  const counts = new StageCounts();
  counts.load(table);
  const store = openRewardStore(rewardsTable(environment, pipeline), { partition, partitions }, options.compile);
  const ahead = new EntriesAhead(new RewardEntries(options), inputs);
  let commits = 0;
  let current: { readonly entry: FrameEntry; readonly outputs: Outputs } | null = null;

  const refuse = ({ code, message }: Refused): void => {
    if (current === null) return;
    const { entry, outputs } = current;
    const { bytes, position, input } = entry;
    const issue = frameIssue({ code, message }, bytes);
    const file = inputs[input] ?? '';
    const line = quarantineLine({ file, record: null, offset: position, bytes, issues: [issue] });
    outputs.topic('quarantine').append(noKey, null, Buffer.from(line));
    counts.record('quarantine');
  };
  const count = (refused: Refusal['input'], { code, message }: Refused, place: Refusal['place']): void => {
    const refusal: Refusal = { input: refused, code, count: 1, message, place };
    counts.refusals.add(refusal);
    if (refused === 'campaigns') options.onRefused?.(refusal);
  };
  const written = new RewardTopics(counts, options.frames, progress.shares, (error) => {
    refuse(error);
    count('coupon-frames', error, null);
  });
  /** Files are read by all partitions: the first one tells, but for what only the partition of a coupon finds out. */
  const refuseEntry = (kind: InputKind, error: Refused, bytes: Uint8Array, isJudged: boolean): void => {
    refuse(error);
    if (kind === 'events') {
      counts.refusedEvents++;
      count(kind, error, idOfEvent(bytes));
    } else if (partition === 0 || (isJudged && kind === 'coupons')) count(kind, error, counts.lines.get(kind) || null);
  };

  const judge = (entry: FrameEntry, outputs: Outputs): void => {
    current = { entry, outputs };
    const kind = inputs[entry.input] ?? 'events';
    if (entry.first === true) counts.newFile(kind);
    if (kind === 'events') counts.events++;
    else if (isLines(kind)) counts.line(kind, entry.line);
    let read: RewardEntry | null = null;
    try {
      read = ahead.take(entry, counts.now);
      if (read === null) return;
      written.begin(outputs, read.now);
      const issue = store.engine.judge(read, written);
      if (issue === null) {
        counts.take(read);
        if (kind === 'events' && read.kind === 'coupon') counts.redemptions++;
      } else {
        const { code, message, expected } = issue;
        refuseEntry(kind, { code, message: `${message}; expected: ${expected}` }, entry.bytes, true);
      }
    } catch (error) {
      if (!(error instanceof OverpunchError)) throw error;
      refuseEntry(kind, error, entry.bytes, read !== null);
    }
  };

  return {
    counts,
    get account() {
      return store.engine.account;
    },
    get totals() {
      return store.engine.totals;
    },
    get watermark() {
      return counts.now === 0 ? null : counts.now;
    },
    run({ messages }, outputs) {
      let looked = 0;
      for (const [at, entry] of messages.entries()) {
        if (at >= looked) looked = ahead.look(messages, at, store.engine);
        if (entry.kind === 'frame') judge(entry, outputs);
      }
    },
    save() {
      store.save();
      counts.save(table);
      if (commits++ % giveUp > 0) return;
      options.kept.dropOld(store.engine.text);
      for (let to = 0; to < partitions; to++) {
        topics.dropBefore(outgoingTopic(progress.shares, to), progress.fetched('shares', partition, to));
      }
    },
    rollback() {
      store.rollback();
      counts.load(table);
    },
  };
}

function isLines(kind: InputKind): boolean {
  return kind === 'coupons' || kind === 'races' || kind === 'points-of-sale';
}

/** The id of an event as the flow sent it, if it says one. */
function idOfEvent(bytes: Uint8Array): string | null {
  try {
    const event = readLine(bytes.subarray(bytes.indexOf(123), -1)); // `[CAPTURED,{EVENT}]`
    return typeof event['id'] === 'string' ? event['id'] : null;
  } catch {
    return null;
  }
}
