import { OverpunchError } from '../../errors.ts';
import type { Decision } from '../../rewards/decision.ts';
import type { CancelledCoupon, Reward, RewardOutputs } from '../../rewards/reward-outputs.ts';
import type { ShareMessage } from '../../rewards/share-message.ts';
import type { Outputs } from '../../runtime/embedded/process.ts';
import { outgoingTopic } from '../../runtime/embedded/repartition.ts';
import type { CouponFrameWriter } from './coupon-frames.ts';
import type { StageCounts } from './stage-counts.ts';

const noKey = new Uint8Array(0);

/** Writes what the engine decides to topics, keyed by bet, frames by terminal; and counts it. */
export class RewardTopics implements RewardOutputs {
  readonly #counts: StageCounts;
  readonly #frames: CouponFrameWriter | null;
  readonly #shares: string;
  readonly #refuse: (error: OverpunchError) => void;
  #outputs: Outputs | null = null;
  #now = 0;

  /** `shares` is the topic of share messages; `refuse` takes what is wrong with a reward that cannot be a frame. */
  constructor(
    counts: StageCounts,
    frames: CouponFrameWriter | null,
    shares: string,
    refuse: (error: OverpunchError) => void,
  ) {
    this.#counts = counts;
    this.#frames = frames;
    this.#shares = shares;
    this.#refuse = refuse;
  }

  /** What follows comes of an entry of this time. */
  begin(outputs: Outputs, now: number): void {
    this.#outputs = outputs;
    this.#now = now;
  }

  reward(reward: Reward): void {
    this.#counts.reward(reward);
    this.#append('rewards', reward.bet, reward.time, Buffer.from(JSON.stringify(reward)));
    if (this.#frames === null) return;
    const number = this.#counts.records.get('rewards') ?? 0;
    const frame = this.#frames.write({ ...reward, now: this.#now, number });
    if (frame instanceof OverpunchError) this.#refuse(frame);
    else this.#append('coupon-frames', reward.terminal, this.#now, frame);
  }

  cancelled(coupon: CancelledCoupon): void {
    this.#counts.cancelled(coupon);
    this.#append('cancelled-coupons', coupon.bet, coupon.time, Buffer.from(JSON.stringify(coupon)));
  }

  decision(decision: Decision): void {
    this.#counts.decision(decision);
    this.#append('decisions', decision.bet, decision.time, Buffer.from(JSON.stringify(decision)));
  }

  share(message: ShareMessage): void {
    const line = Buffer.from(JSON.stringify(message));
    this.#outputs?.topic(outgoingTopic(this.#shares, message.to)).append(noKey, this.#now, line);
  }

  #append(topic: string, key: string, time: number, value: Uint8Array): void {
    this.#outputs?.topic(topic).append(Buffer.from(key), time, value);
    this.#counts.record(topic);
  }
}
