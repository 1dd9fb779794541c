import type { SavedRecord } from './change-list.ts';
import type { CouponStatus } from './coupon.ts';
import { jsonBytes, numberedKey, recordKinds } from './saved-key.ts';

/** A coupon of this partition's part of the table. It is never forgotten, so that it is not given again. */
export class CouponRecord implements SavedRecord {
  readonly number: number;
  readonly coupon: string;
  /** Number of its pool. */
  pool: number;
  /** Cents. */
  cents: number;
  /** Infinity: it does not expire. */
  expiry: number;
  /** `moved`: it was given to another partition, which alone decides about it. */
  status: CouponStatus | 'moved' = 'available';
  /** That partition. */
  movedTo = -1;
  /** Where it stands in its pool: the earlier it was loaded, the lower. */
  order = 0;
  /** Its place in the queue of its pool; -1: not in it. */
  place = -1;
  changed = false;

  constructor(number: number, coupon: string, pool: number, cents: number, expiry: number) {
    this.number = number;
    this.coupon = coupon;
    this.pool = pool;
    this.cents = cents;
    this.expiry = expiry;
  }

  key(): Uint8Array {
    return numberedKey(recordKinds.coupon, this.number);
  }

  value(): Uint8Array {
    const { coupon, pool, cents, expiry, status, movedTo, order } = this;
    return jsonBytes([coupon, pool, cents, Number.isFinite(expiry) ? expiry : null, status, movedTo, order]);
  }
}
