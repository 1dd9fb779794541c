import { OverpunchError } from '../../errors.ts';
import type { Decision } from '../../rewards/decision.ts';
import type { CancelledCoupon, Reward, RewardOutputs } from '../../rewards/reward-outputs.ts';
import type { ShareMessage } from '../../rewards/share-message.ts';
import type { Outputs } from '../../runtime/embedded/process.ts';
import type { RecordWriter } from '../../runtime/embedded/record-writer.ts';
import { outgoingTopic } from '../../runtime/embedded/repartition.ts';
import type { CouponFrameWriter, PrintedReward } from './coupon-frames.ts';
import { RewardLines } from './reward-lines.ts';
import type { StageCounts } from './stage-counts.ts';

const noKey = new Uint8Array(0);

/** Writes what the engine decides to topics, keyed by bet, frames by terminal; and counts it. */
export class RewardTopics implements RewardOutputs {
  readonly #lines = new RewardLines();
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
    const out = this.#begin('rewards', reward.bet);
    this.#lines.reward(reward, out.values);
    out.end(reward.time);
    if (this.#frames === null) return;
    const frame = this.#frames.write(printed(reward, this.#now, this.#counts.records.get('rewards')));
    if (frame instanceof OverpunchError) {
      this.#refuse(frame);
      return;
    }
    const frames = this.#begin('coupon-frames', reward.terminal);
    frames.values.copy(frame);
    frames.end(this.#now);
  }

  cancelled(coupon: CancelledCoupon): void {
    this.#counts.cancelled(coupon);
    const out = this.#begin('cancelled-coupons', coupon.bet);
    this.#lines.cancelled(coupon, out.values);
    out.end(coupon.time);
  }

  decision(decision: Decision): void {
    this.#counts.decision(decision);
    const out = this.#begin('decisions', decision.bet);
    this.#lines.decision(decision, out.values);
    out.end(decision.time);
  }

  share(message: ShareMessage): void {
    const line = Buffer.from(JSON.stringify(message));
    this.#outputs?.topic(outgoingTopic(this.#shares, message.to)).append(noKey, this.#now, line);
  }

  /** Begin a record, and count it. */
  #begin(topic: string, key: string): RecordWriter {
    if (this.#outputs === null) throw new RangeError('no entry was begun');
    const writer = this.#outputs.topic(topic);
    writer.keys.text(key);
    this.#counts.record(topic);
    return writer;
  }
}

/** Add to a reward what else its frame may say; to name all members is several times faster than to spread them. */
function printed(reward: Reward, now: number, number: number): PrintedReward {
  const { bet, ticket, terminal, time, campaign, version, coupon, value, expiry, reason } = reward;
  return { bet, ticket, terminal, time, campaign, version, coupon, value, expiry, reason, now, number };
}
