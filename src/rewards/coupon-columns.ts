import type { CouponStatus } from './coupon.ts';
import { IdIndex } from './id-index.ts';

/** What has become of a coupon. `moved`: it was given to another partition, which alone decides about it. */
export type CouponFate = CouponStatus | 'moved';

/** Fates in the order of their numbers. */
export const couponFates: readonly CouponFate[] = ['available', 'emitted', 'redeemed', 'revoked', 'withdrawn', 'moved'];

/** The same by name. */
export const fates = { available: 0, emitted: 1, redeemed: 2, revoked: 3, withdrawn: 4, moved: 5 } as const;

const firstCapacity = 256;

/** What is known of coupons, by their numbers from 0: a column for each member, as there are millions of them. */
export class CouponColumns {
  count = 0;
  readonly ids: IdIndex = new IdIndex();
  /** Numbers of their pools. */
  pools: Int32Array = new Int32Array(firstCapacity);
  cents: Float64Array = new Float64Array(firstCapacity);
  /** Infinity: it does not expire. */
  expiries: Float64Array = new Float64Array(firstCapacity);
  fates: Uint8Array = new Uint8Array(firstCapacity);
  /** Partitions to which they were given; -1: none. */
  movedTo: Int16Array = new Int16Array(firstCapacity);
  /** Where they stand in their pools: the earlier it was loaded, the lower. */
  orders: Float64Array = new Float64Array(firstCapacity);
  /** Their places in the queues of their pools; -1: not in it. */
  places: Int32Array = new Int32Array(firstCapacity);

  /** Add a coupon, which has the next number, or one that is kept for it. */
  add(id: string, pool: number, cents: number, expiry: number, number: number = this.count): number {
    if (number >= this.fates.length) this.grow(number);
    this.count = Math.max(this.count, number + 1);
    this.ids.add(id, number);
    this.pools[number] = pool;
    this.cents[number] = cents;
    this.expiries[number] = expiry;
    this.fates[number] = fates.available;
    this.movedTo[number] = -1;
    this.places[number] = -1;
    return number;
  }

  private grow(number: number): void {
    const capacity = 2 * Math.max(number, this.fates.length);
    this.pools = copied(this.pools, new Int32Array(capacity));
    this.cents = copied(this.cents, new Float64Array(capacity));
    this.expiries = copied(this.expiries, new Float64Array(capacity));
    this.fates = copied(this.fates, new Uint8Array(capacity));
    this.movedTo = copied(this.movedTo, new Int16Array(capacity));
    this.orders = copied(this.orders, new Float64Array(capacity));
    this.places = copied(this.places, new Int32Array(capacity));
  }
}

function copied<Column extends { set(from: Column): void }>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
