import { setLimit } from './allowance.ts';
import type { ChangeList } from './change-list.ts';
import type { CouponStatus, CouponUpdate } from './coupon.ts';
import { CouponPool } from './coupon-pool.ts';
import { CouponRecord } from './coupon-record.ts';

/** The coupons of a partition, by their ids and in pools. */
export class CouponTable {
  /** By number. */
  readonly records: CouponRecord[] = [];
  readonly pools: CouponPool[] = [];
  private readonly byId: Map<string, CouponRecord> = new Map();
  private readonly byName: Map<string, CouponPool> = new Map();
  private readonly changes: ChangeList;

  constructor(changes: ChangeList) {
    this.changes = changes;
  }

  get(coupon: string): CouponRecord | undefined {
    return this.byId.get(coupon);
  }

  hasPool(pool: string): boolean {
    return this.byName.has(pool);
  }

  poolOf({ pool }: CouponRecord): CouponPool {
    return this.pools[pool] as CouponPool;
  }

  /** A pool, which may be a new one. */
  pool(name: string): CouponPool {
    let pool = this.byName.get(name);
    if (pool === undefined) {
      pool = new CouponPool(this.pools.length, name);
      this.pools.push(pool);
      this.byName.set(name, pool);
      this.changes.note(pool);
    }
    return pool;
  }

  /** Let the limits of pools be these; pools that are not named have none. */
  limit(
    limits: ReadonlyMap<string, number>,
    { partition, partitions }: { partition: number; partitions: number },
  ): void {
    for (const name of limits.keys()) this.pool(name);
    for (const { pool, limit } of this.pools) {
      setLimit(limit, limits.get(pool) ?? null, partition, partitions);
    }
  }

  /** Add a coupon that is not known. */
  add(update: CouponUpdate, clock: number): void {
    const status = update.status === 'available' ? 'available' : 'withdrawn'; // whoever has it, it is not given here
    const pool = this.pool(update.pool);
    const expiry = update.expiry ?? Number.POSITIVE_INFINITY;
    const record = new CouponRecord(this.records.length, update.coupon, pool.number, update.value, expiry);
    record.status = status;
    this.records.push(record);
    this.byId.set(update.coupon, record);
    pool.counts[status]++;
    if (status === 'available') this.append(record, clock);
    this.changes.note(record);
  }

  /** Let an available coupon be what news of it say; it keeps its place unless its pool is another one. */
  update(record: CouponRecord, { pool: name, value, expiry }: CouponUpdate, clock: number): void {
    const pool = this.pool(name);
    record.cents = value;
    record.expiry = expiry ?? Number.POSITIVE_INFINITY;
    const former = this.poolOf(record);
    if (pool === former) pool.update(record, clock);
    else {
      former.delete(record);
      former.counts.available--;
      this.changes.note(former);
      record.pool = pool.number;
      pool.counts.available++;
      this.append(record, clock);
    }
    this.changes.note(record);
  }

  /** Let a coupon have another status; one that is no longer available leaves its pool. */
  setStatus(record: CouponRecord, status: CouponStatus | 'moved'): void {
    const pool = this.poolOf(record);
    pool.counts[record.status]--;
    pool.counts[status]++;
    record.status = status;
    pool.delete(record);
    this.changes.note(record);
    this.changes.note(pool);
  }

  /** Take a coupon back that another partition gives. */
  accept(record: CouponRecord, update: CouponUpdate, clock: number): void {
    this.setStatus(record, 'available');
    record.movedTo = -1;
    this.poolOf(record).counts.available--;
    const pool = this.pool(update.pool);
    pool.counts.available++;
    record.pool = pool.number;
    record.cents = update.value;
    record.expiry = update.expiry ?? Number.POSITIVE_INFINITY;
    this.append(record, clock);
  }

  /** Add a coupon as it was kept; afterwards those that are available are put in line by `line`. */
  restore(record: CouponRecord): void {
    this.records[record.number] = record;
    this.byId.set(record.coupon, record);
    this.poolOf(record).counts[record.status]++;
  }

  /** Put all available coupons in line, in the order in which they were loaded. */
  line(clock: number): void {
    const available = this.records.filter(({ status }) => status === 'available');
    available.sort((one, other) => one.order - other.order);
    for (const record of available) this.poolOf(record).add(record, clock);
  }

  private append(record: CouponRecord, clock: number): void {
    const pool = this.poolOf(record);
    record.order = pool.orders++;
    pool.add(record, clock);
    this.changes.note(pool);
  }
}
