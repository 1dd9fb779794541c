import type { Table } from '../state/environment.ts';
import { Allowance, type AllowanceOwner, Asking, type Limit, noLimit, saveAsking } from './allowance.ts';
import { type CouponColumns, type CouponFate, couponFates } from './coupon-columns.ts';
import { CouponQueue } from './coupon-queue.ts';
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
  /** How many coupons there are of each fate, by its number. */
  readonly tally: Float64Array = new Float64Array(couponFates.length);
  /** Order of the next coupon. */
  orders = 0;
  changed = false;
  private readonly columns: CouponColumns;
  private readonly queue: CouponQueue;
  private readonly expiries = new ExpiryHeap();

  constructor(number: number, pool: string, columns: CouponColumns) {
    this.number = number;
    this.pool = pool;
    this.columns = columns;
    this.queue = new CouponQueue(columns);
    this.out = new Allowance(this.limit, this);
    this.asking = new Asking(`coupons:${pool}`);
  }

  /** The same by the names of fates. */
  get counts(): Readonly<Record<CouponFate, number>> {
    const counts = couponFates.map((fate, number) => [fate, this.tally[number] as number]);
    return Object.fromEntries(counts) as Record<CouponFate, number>;
  }

  resourceOf(): string {
    return `pool:${this.pool}`;
  }

  /** Coupons that may be given at a time. */
  availableAt(clock: number): number {
    const { expiries, queue } = this;
    while (expiries.next <= clock) this.expire(expiries.take(), clock);
    return queue.size;
  }

  /** Put an available coupon at the end. */
  add(coupon: number, clock: number): void {
    this.queue.add(coupon);
    this.update(coupon, clock);
  }

  /** Take a coupon out: it is given, withdrawn, or moved. */
  delete(coupon: number): void {
    if ((this.columns.places[coupon] as number) >= 0) this.queue.delete(coupon);
  }

  /** Let the value and expiry of one of its coupons be what they are now. */
  update(coupon: number, clock: number): void {
    const expiry = this.columns.expiries[coupon] as number;
    if (expiry <= clock) this.queue.hide(coupon);
    else {
      this.queue.show(coupon);
      if (expiry !== Number.POSITIVE_INFINITY) this.expiries.add(coupon, expiry);
    }
  }

  /** The earliest loaded coupon that is worth at most some cents; -1: there is none. `availableAt` has to have been asked. */
  find(cents: number): number {
    return this.queue.find(cents);
  }

  /** The value of the cheapest coupon. `availableAt` has to have been asked. */
  get cheapest(): number {
    return this.queue.cheapest;
  }

  /** Read for the cache what is asked of the next coupon; returns anything. */
  fetch(): number {
    return this.queue.fetch() + this.expiries.next + this.out.given;
  }

  save(table: Table): void {
    const value = jsonBytes([this.pool, this.orders, this.out.save(), saveAsking(this.asking)]);
    table.put(numberedKey(recordKinds.pool, this.number), value);
  }

  private expire(coupon: number, clock: number): void {
    const { places, pools, expiries } = this.columns;
    const isHere = (places[coupon] as number) >= 0 && pools[coupon] === this.number;
    if (isHere && (expiries[coupon] as number) <= clock) this.queue.hide(coupon);
  }
}
