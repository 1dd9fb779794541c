import type { CouponUpdate } from './coupon.ts';
import type { RewardOutputs } from './reward-outputs.ts';
import type { RewardState } from './reward-state.ts';

/** Apply news of a coupon. What went to another partition is told there. */
export function applyCouponUpdate(state: RewardState, update: CouponUpdate, outputs: RewardOutputs): void {
  const { clock, coupons, counts, partition } = state;
  const coupon = coupons.find(update.coupon);
  const fate = coupon < 0 ? null : coupons.fate(coupon);
  if (fate === null) coupons.add(update, clock);
  else if (fate === 'moved') {
    outputs.share({ kind: 'coupon', from: partition, to: coupons.columns.movedTo[coupon] as number, update });
  } else if (fate === 'available') {
    if (update.status === 'available') coupons.update(coupon, update, clock);
    else coupons.setFate(coupon, 'withdrawn'); // redeemed: somebody else has it
  } else if (fate === 'emitted' && update.status === 'redeemed') coupons.setFate(coupon, 'redeemed');
  else counts.ignoredUpdates++;
}
