import type { CouponUpdate } from './coupon.ts';

/**
 * What partitions tell each other about their shares of limits, budgets and coupons.
 *
 * `resource` names what is shared: `budget:CAMPAIGN`, `total:CAMPAIGN`, `day:CAMPAIGN:DATE`, `race:CAMPAIGN:RACE`, `pool:POOL` (of a pool's limit) or
 * `coupons:POOL`. A grant was debited from the sender's share before it was sent, in the same commit; `transfer` counts the grants of a
 * sender to a receiver, so that none is credited twice.
 */
export type ShareMessage =
  | {
      readonly kind: 'ask';
      readonly from: number;
      readonly to: number;
      readonly resource: string;
      readonly amount: number;
    }
  | {
      readonly kind: 'grant';
      readonly from: number;
      readonly to: number;
      readonly resource: string;
      readonly transfer: number;
      /** Cents or pieces; 0: there is nothing to give. */
      readonly amount: number;
      /** The coupons that go with it. */
      readonly coupons: readonly CouponUpdate[];
    }
  /** News of a coupon that was given to another partition. */
  | { readonly kind: 'coupon'; readonly from: number; readonly to: number; readonly update: CouponUpdate };
