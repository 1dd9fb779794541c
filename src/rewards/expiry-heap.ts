import type { CouponRecord } from './coupon-record.ts';

/** Coupons by the time at which they expire, the earliest one first. Who left or was prolonged is still in it: who takes it out checks. */
export class ExpiryHeap {
  private readonly times: number[] = [];
  private readonly coupons: CouponRecord[] = [];

  /** When the first one expires; Infinity when there is none. */
  get next(): number {
    return this.times[0] ?? Number.POSITIVE_INFINITY;
  }

  add(coupon: CouponRecord): void {
    const { times, coupons } = this;
    const time = coupon.expiry;
    let at = times.length;
    times.push(time);
    coupons.push(coupon);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((times[parent] as number) <= time) break;
      times[at] = times[parent] as number;
      coupons[at] = coupons[parent] as CouponRecord;
      at = parent;
    }
    times[at] = time;
    coupons[at] = coupon;
  }

  /** Take the first one out. */
  take(): CouponRecord {
    const { times, coupons } = this;
    const first = coupons[0] as CouponRecord;
    const time = times.pop() as number;
    const coupon = coupons.pop() as CouponRecord;
    const { length } = times;
    if (length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && (times[child + 1] as number) < (times[child] as number)) child++;
      if ((times[child] as number) >= time) break;
      times[at] = times[child] as number;
      coupons[at] = coupons[child] as CouponRecord;
      at = child;
    }
    times[at] = time;
    coupons[at] = coupon;
    return first;
  }
}
