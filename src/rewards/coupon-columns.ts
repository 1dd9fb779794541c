import type { CouponStatus } from './coupon.ts';
import { IdIndex } from './id-index.ts';

/** What has become of a coupon. `moved`: it was given to another partition, which alone decides about it. */
export type CouponFate = CouponStatus | 'moved';

/** Fates in the order of their numbers. */
export const couponFates: readonly CouponFate[] = ['available', 'emitted', 'redeemed', 'revoked', 'withdrawn', 'moved'];

/** The same by name. */
export const fates = { available: 0, emitted: 1, redeemed: 2, revoked: 3, withdrawn: 4, moved: 5 } as const;

const firstCapacity = 256;
const stagger = 16; // parts of the capacity between the growth of one column and that of the next: of millions all at once would be a pause

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

  /** What all columns have room for, how many have room for twice as many, and the number with which the next one gets it. */
  private capacity = firstCapacity;
  private grown = 0;
  private due = 0;

  /** Add a coupon, which has the next number, or one that is kept for it. */
  add(id: string, pool: number, cents: number, expiry: number, number: number = this.count): number {
    while (number >= this.due) this.growNext();
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

  /** Double the next column, ahead of time for all but the last one. */
  private growNext(): void {
    const length = 2 * this.capacity;
    const growth = growths[this.grown] as (columns: CouponColumns, length: number) => void;
    growth(this, length);
    this.grown++;
    if (this.grown === growths.length) {
      this.grown = 0;
      this.capacity = length;
    }
    this.due = this.capacity - ((growths.length - 1 - this.grown) * this.capacity) / stagger;
  }
}

/** How each column grows, in this order. */
const growths: readonly ((columns: CouponColumns, length: number) => void)[] = [
  (columns, length) => {
    columns.pools = copied(columns.pools, new Int32Array(length));
  },
  (columns, length) => {
    columns.cents = copied(columns.cents, new Float64Array(length));
  },
  (columns, length) => {
    columns.expiries = copied(columns.expiries, new Float64Array(length));
  },
  (columns, length) => {
    columns.fates = copied(columns.fates, new Uint8Array(length));
  },
  (columns, length) => {
    columns.movedTo = copied(columns.movedTo, new Int16Array(length));
  },
  (columns, length) => {
    columns.orders = copied(columns.orders, new Float64Array(length));
  },
  (columns, length) => {
    columns.places = copied(columns.places, new Int32Array(length));
  },
];

function copied<Column extends { set(from: Column): void }>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
