import { OverpunchError } from '../../errors.ts';
import { frameIssue, quarantineLine } from '../../frames/quarantine-line.ts';
import type { RewardAccount } from '../../rewards/reward-account.ts';
import { openRewardStore } from '../../rewards/reward-store.ts';
import type { Outputs, Process } from '../../runtime/embedded/process.ts';
import { outgoingTopic } from '../../runtime/embedded/repartition.ts';
import { TopicStore } from '../../runtime/embedded/topic-store.ts';
import type { Environment } from '../../state/environment.ts';
import type { FrameEntry } from '../../streams/journal-entry.ts';
import type { CouponFrameWriter } from './coupon-frames.ts';
import { type EntryOptions, RewardEntries } from './reward-entries.ts';
import { RewardTopics } from './reward-topics.ts';
import { StageCounts } from './stage-counts.ts';
import type { StageProgress } from './stage-progress.ts';

/** What the rewards of a partition are made of. */
export interface RewardsProcessOptions extends EntryOptions {
  /** Names its state; the same as in `runPartition`. */
  readonly pipeline: string;
  readonly environment: Environment;
  readonly progress: StageProgress;
  readonly frames: CouponFrameWriter | null;
}

/** The rewards of one partition as a process for `runPartition`. */
export interface RewardsProcess extends Process {
  /** What was counted since its beginning, over restarts. */
  readonly counts: StageCounts;
  readonly account: RewardAccount;
}

const noKey = new Uint8Array(0);
const giveUp = 16; // commits between looks at what may be dropped

/** Make the rewards of one partition: each frame of the journal is an entry that the engine judges. */
export function rewardsProcess(options: RewardsProcessOptions): RewardsProcess {
  const { pipeline, environment, progress, partition, partitions, inputs } = options;
  const topics = new TopicStore(environment);
  const table = environment.table(`stage-${pipeline}`);
  const counts = new StageCounts();
  counts.load(table);
  const store = openRewardStore(environment.table(`rewards-${pipeline}`), { partition, partitions }, options.compile);
  const entries = new RewardEntries(options);
  let commits = 0;
  let current: { readonly entry: FrameEntry; readonly outputs: Outputs } | null = null;

  const refuse = ({ code, message }: Pick<OverpunchError, 'code' | 'message'>): void => {
    if (current === null) return;
    const { entry, outputs } = current;
    const { bytes, position, input } = entry;
    const issue = frameIssue({ code, message }, bytes);
    const file = inputs[input] ?? '';
    const line = quarantineLine({ file, record: null, offset: position, bytes, issues: [issue] });
    outputs.topic('quarantine').append(noKey, null, Buffer.from(line));
    counts.record('quarantine');
  };
  const written = new RewardTopics(counts, options.frames, progress.shares, refuse);

  const judge = (entry: FrameEntry, outputs: Outputs): void => {
    current = { entry, outputs };
    if (inputs[entry.input] === 'events') counts.events++;
    try {
      const read = entries.read(entry, counts.now);
      if (read === null) return;
      counts.take(read);
      written.begin(outputs, read.now);
      const issue = store.engine.judge(read, written);
      if (issue !== null) refuse({ code: issue.code, message: `${issue.message}; expected: ${issue.expected}` });
    } catch (error) {
      if (!(error instanceof OverpunchError)) throw error;
      refuse(error);
    }
  };

  return {
    counts,
    get account() {
      return store.engine.account;
    },
    get watermark() {
      return counts.now === 0 ? null : counts.now;
    },
    run({ messages }, outputs) {
      for (const entry of messages) if (entry.kind === 'frame') judge(entry, outputs);
    },
    save() {
      store.save();
      counts.save(table);
      if (commits++ % giveUp > 0) return;
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
