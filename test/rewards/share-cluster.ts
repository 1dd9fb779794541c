import type { CampaignMatcher } from '../../src/rewards/campaign-matcher.ts';
import type { RewardEntry } from '../../src/rewards/reward-entry.ts';
import type { CancelledCoupon, Reward, RewardOutputs } from '../../src/rewards/reward-outputs.ts';
import { openRewardStore, type RewardStore } from '../../src/rewards/reward-store.ts';
import type { ShareMessage } from '../../src/rewards/share-message.ts';
import type { Environment, Table } from '../../src/state/environment.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';

interface Partition {
  readonly environment: Environment;
  readonly table: Table;
  store: RewardStore;
  /** What came for it and was not read yet, and what was read since the last commit. */
  readonly inbox: RewardEntry[];
  read: number;
  /** What it sent since the last commit. */
  sent: ShareMessage[];
  rewards: Reward[];
  cancelled: CancelledCoupon[];
}

/** Partitions that exchange shares by topics: what is sent is there from the commit on, and what was read comes again after a crash. */
export class ShareCluster {
  readonly rewards: Reward[] = [];
  readonly cancelled: CancelledCoupon[] = [];
  messages = 0;
  private readonly partitions: Partition[];
  private readonly compile: (text: string) => CampaignMatcher;

  constructor(count: number, compile: (text: string) => CampaignMatcher) {
    this.compile = compile;
    this.partitions = Array.from({ length: count }, (_, partition) => {
      const environment = openMemoryEnvironment();
      const table = environment.table('rewards');
      const store = openRewardStore(table, { partition, partitions: count }, compile);
      return { environment, table, store, inbox: [], read: 0, sent: [], rewards: [], cancelled: [] };
    });
  }

  get stores(): readonly RewardStore[] {
    return this.partitions.map(({ store }) => store);
  }

  /** Put an entry at the end of the journal of a partition. */
  add(partition: number, entry: RewardEntry): void {
    this.partitions[partition]?.inbox.push(entry);
  }

  addToAll(entry: RewardEntry): void {
    for (const { inbox } of this.partitions) inbox.push(entry);
  }

  /** Let a partition judge some of its journal without a commit; whether there was any. */
  run(number: number, most: number): boolean {
    const partition = this.partitions[number] as Partition;
    const outputs: RewardOutputs = {
      reward: (reward) => partition.rewards.push(reward),
      cancelled: (coupon) => partition.cancelled.push(coupon),
      decision: () => {},
      share: (message) => partition.sent.push(message),
    };
    const from = partition.read;
    for (; partition.read < partition.inbox.length && partition.read - from < most; partition.read++) {
      partition.store.engine.judge(partition.inbox[partition.read] as RewardEntry, outputs);
    }
    return partition.read > from;
  }

  commit(number: number, now: number): void {
    const partition = this.partitions[number] as Partition;
    partition.environment.commit(() => partition.store.save());
    partition.inbox.splice(0, partition.read);
    partition.read = 0;
    this.rewards.push(...partition.rewards);
    this.cancelled.push(...partition.cancelled);
    for (const message of partition.sent) {
      this.messages++;
      this.add(message.to, { kind: 'share', now, message });
    }
    Object.assign(partition, { sent: [], rewards: [], cancelled: [] });
  }

  /** Lose what was not committed: by a restart of the process, or by a rollback. */
  crash(number: number, restart: boolean): void {
    const partition = this.partitions[number] as Partition;
    const { table, store } = partition;
    if (!restart) store.rollback();
    else
      partition.store = openRewardStore(table, { partition: number, partitions: this.partitions.length }, this.compile);
    Object.assign(partition, { read: 0, sent: [], rewards: [], cancelled: [] });
  }

  /** Go on until nobody has anything to read. */
  settle(now: number): void {
    for (let busy = true; busy; ) {
      busy = false;
      for (const number of this.partitions.keys()) {
        if (!this.run(number, 50)) continue;
        busy = true;
        this.commit(number, now);
      }
    }
  }
}
