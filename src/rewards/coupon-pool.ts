import { Allowance, type AllowanceOwner, Asking, type Limit, noLimit, saveAsking } from './allowance.ts';
import type { CouponStatus } from './coupon.ts';
import { CouponQueue } from './coupon-queue.ts';
import type { CouponRecord } from './coupon-record.ts';
import { ExpiryHeap } from './expiry-heap.ts';
import { jsonBytes, numberedKey, recordKinds } from './saved-key.ts';

/** Coupons of a pool in one partition: those that may be given, and how many may be out. */
export class CouponPool implements AllowanceOwner {
  readonly number: number;
  readonly pool: string;
  readonly limit: Limit = noLimit();
  /** Coupons that are out. */
  readonly out: Allowance;
  /** How it stands with other partitions about coupons. */
  readonly asking: Asking;
  /** Coupons by status. */
  readonly counts: Record<CouponStatus | 'moved', number> = {
    available: 0,
    emitted: 0,
    redeemed: 0,
    revoked: 0,
    withdrawn: 0,
    moved: 0,
  };
  /** Order of the next coupon. */
  orders = 0;
  changed = false;
  private readonly queue = new CouponQueue();
  private readonly expiries = new ExpiryHeap();

  constructor(number: number, pool: string) {
    this.number = number;
    this.pool = pool;
    this.out = new Allowance(this.limit, this);
    this.asking = new Asking(`coupons:${pool}`);
  }

  resourceOf(): string {
    return `pool:${this.pool}`;
  }

  /** Coupons that may be given at a time. */
  availableAt(clock: number): number {
    const { expiries, queue } = this;
    while (expiries.next <= clock) {
      const coupon = expiries.take();
      if (coupon.place >= 0 && coupon.pool === this.number && coupon.expiry <= clock) queue.hide(coupon);
    }
    return queue.size;
  }

  /** Put an available coupon at the end. */
  add(coupon: CouponRecord, clock: number): void {
    this.queue.add(coupon);
    this.update(coupon, clock);
  }

  /** Take a coupon out: it is given, withdrawn, or moved. */
  delete(coupon: CouponRecord): void {
    if (coupon.place >= 0) this.queue.delete(coupon);
  }

  /** Let the value and expiry of one of its coupons be what they are now. */
  update(coupon: CouponRecord, clock: number): void {
    if (coupon.expiry <= clock) this.queue.hide(coupon);
    else {
      this.queue.show(coupon);
      if (coupon.expiry !== Number.POSITIVE_INFINITY) this.expiries.add(coupon);
    }
  }

  /** The earliest loaded coupon that is worth at most some cents. `availableAt` has to have been asked. */
  find(cents: number): CouponRecord | null {
    return this.queue.find(cents);
  }

  /** The value of the cheapest coupon. `availableAt` has to have been asked. */
  get cheapest(): number {
    return this.queue.cheapest;
  }

  key(): Uint8Array {
    return numberedKey(recordKinds.pool, this.number);
  }

  value(): Uint8Array {
    return jsonBytes([this.pool, this.orders, this.out.save(), saveAsking(this.asking)]);
  }
}
