import type { CouponUpdate } from './coupon.ts';
import type { RewardOutputs } from './reward-outputs.ts';
import type { RewardState } from './reward-state.ts';

/** Apply news of a coupon. What went to another partition is told there. */
export function applyCouponUpdate(state: RewardState, update: CouponUpdate, outputs: RewardOutputs): void {
  const { clock, coupons, counts, partition } = state;
  const record = coupons.get(update.coupon);
  if (record === undefined) coupons.add(update, clock);
  else if (record.status === 'moved') {
    outputs.share({ kind: 'coupon', from: partition, to: record.movedTo, update });
  } else if (record.status === 'available') {
    if (update.status === 'available') coupons.update(record, update, clock);
    else coupons.setStatus(record, 'withdrawn'); // redeemed: somebody else has it
  } else if (record.status === 'emitted' && update.status === 'redeemed') coupons.setStatus(record, 'redeemed');
  else counts.ignoredUpdates++;
}
