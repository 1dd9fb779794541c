/** Coupons by the time at which they expire, the earliest one first. Who left or was prolonged is still in it: who takes it out checks. */
export class ExpiryHeap {
  /** When the first one expires; Infinity when there is none. */
  next: number = Number.POSITIVE_INFINITY;
  private readonly times: number[] = [];
  private readonly coupons: number[] = [];

  add(coupon: number, time: number): void {
    const { times, coupons } = this;
    let at = times.length;
    times.push(time);
    coupons.push(coupon);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((times[parent] as number) <= time) break;
      times[at] = times[parent] as number;
      coupons[at] = coupons[parent] as number;
      at = parent;
    }
    times[at] = time;
    coupons[at] = coupon;
    this.next = times[0] as number;
  }

  /** Take the first one out. */
  take(): number {
    const { times, coupons } = this;
    const first = coupons[0] as number;
    const time = times.pop() as number;
    const coupon = coupons.pop() as number;
    const { length } = times;
    if (length > 0) {
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= length) break;
        if (child + 1 < length && (times[child + 1] as number) < (times[child] as number)) child++;
        if ((times[child] as number) >= time) break;
        times[at] = times[child] as number;
        coupons[at] = coupons[child] as number;
        at = child;
      }
      times[at] = time;
      coupons[at] = coupon;
    }
    this.next = times[0] ?? Number.POSITIVE_INFINITY;
    return first;
  }
}
