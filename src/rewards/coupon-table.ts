import type { Table } from '../state/environment.ts';
import { setLimit } from './allowance.ts';
import type { ChangeList, SavedRecord } from './change-list.ts';
import type { CouponUpdate } from './coupon.ts';
import { CouponColumns, type CouponFate, couponFates, fates } from './coupon-columns.ts';
import { CouponPool } from './coupon-pool.ts';
import { jsonBytes, numberedKey, recordKinds } from './saved-key.ts';

/**
 * What is kept of a coupon: its id, pool, cents, expiry (`null`: it has none), fate, the partition it was moved to, and its order. A fate that changed
 * since stands among the fates of its chunk.
 */
export type SavedCoupon = readonly [string, number, number, number | null, CouponFate, number, number];

const fatesOfChunk = 64; // coupons of a pool are mostly given one after the other, so that many of them are written as one piece

/**
 * The coupons of a partition, by their ids and in pools. Each has a number. It is never forgotten, so that it is not given again.
 */
export class CouponTable implements SavedRecord {
  readonly columns: CouponColumns = new CouponColumns();
  readonly pools: CouponPool[] = [];
  changed = false;
  private readonly byName: Map<string, CouponPool> = new Map();
  private readonly changes: ChangeList;
  /** Numbers of coupons that changed. */
  private readonly noted: Set<number> = new Set();
  /** Numbers of the chunks in which fates changed. */
  private readonly chunks: Set<number> = new Set();

  constructor(changes: ChangeList) {
    this.changes = changes;
  }

  /** The number of a coupon; -1: it is not known. */
  find(coupon: string): number {
    return this.columns.ids.find(coupon);
  }

  fate(coupon: number): CouponFate {
    return couponFates[this.columns.fates[coupon] as number] as CouponFate;
  }

  hasPool(pool: string): boolean {
    return this.byName.has(pool);
  }

  poolOf(coupon: number): CouponPool {
    return this.pools[this.columns.pools[coupon] as number] as CouponPool;
  }

  /** A pool, which may be a new one. */
  pool(name: string): CouponPool {
    let pool = this.byName.get(name);
    if (pool === undefined) {
      pool = new CouponPool(this.pools.length, name, this.columns);
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
    const fate = update.status === 'available' ? 'available' : 'withdrawn'; // whoever has it, it is not given here
    const pool = this.pool(update.pool);
    const { columns } = this;
    const coupon = columns.add(update.coupon, pool.number, update.value, update.expiry ?? Number.POSITIVE_INFINITY);
    columns.fates[coupon] = fates[fate];
    columns.orders[coupon] = 0;
    tell(pool, fates[fate], 1);
    if (fate === 'available') this.append(coupon, clock);
    this.note(coupon);
  }

  /** Let an available coupon be what news of it say; it keeps its place unless its pool is another one. */
  update(coupon: number, { pool: name, value, expiry }: CouponUpdate, clock: number): void {
    const pool = this.pool(name);
    const { columns } = this;
    columns.cents[coupon] = value;
    columns.expiries[coupon] = expiry ?? Number.POSITIVE_INFINITY;
    const former = this.poolOf(coupon);
    if (pool === former) pool.update(coupon, clock);
    else {
      former.delete(coupon);
      tell(former, fates.available, -1);
      this.changes.note(former);
      columns.pools[coupon] = pool.number;
      tell(pool, fates.available, 1);
      this.append(coupon, clock);
    }
    this.note(coupon);
  }

  /** Let something else become of a coupon; one that is no longer available leaves its pool. */
  setFate(coupon: number, fate: CouponFate): void {
    const pool = this.poolOf(coupon);
    tell(pool, this.columns.fates[coupon] as number, -1);
    tell(pool, fates[fate], 1);
    this.columns.fates[coupon] = fates[fate];
    pool.delete(coupon);
    if (this.changes.kept) this.chunks.add(Math.floor(coupon / fatesOfChunk));
    this.changes.note(this);
    this.changes.note(pool);
  }

  /** Give an available coupon to another partition. */
  move(coupon: number, partition: number): void {
    this.setFate(coupon, 'moved');
    this.columns.movedTo[coupon] = partition;
    this.note(coupon);
  }

  /** Take a coupon back that another partition gives. */
  accept(coupon: number, update: CouponUpdate, clock: number): void {
    const { columns } = this;
    this.setFate(coupon, 'available');
    columns.movedTo[coupon] = -1;
    tell(this.poolOf(coupon), fates.available, -1);
    const pool = this.pool(update.pool);
    tell(pool, fates.available, 1);
    columns.pools[coupon] = pool.number;
    columns.cents[coupon] = update.value;
    columns.expiries[coupon] = update.expiry ?? Number.POSITIVE_INFINITY;
    this.append(coupon, clock);
    this.note(coupon);
  }

  /** Add a coupon as it was kept; afterwards those that are available are put in line by `line`. */
  restore(number: number, [id, pool, cents, expiry, fate, movedTo, order]: SavedCoupon): void {
    const { columns } = this;
    columns.add(id, pool, cents, expiry ?? Number.POSITIVE_INFINITY, number);
    columns.fates[number] = fates[fate];
    columns.movedTo[number] = movedTo;
    columns.orders[number] = order;
    tell(this.poolOf(number), fates[fate], 1);
  }

  /** Let the fates of a chunk be what they were kept as, when its coupons are there. */
  restoreFates(chunk: number, kept: Uint8Array): void {
    const { fates: all } = this.columns;
    const first = chunk * fatesOfChunk;
    for (let at = 0; at < kept.length; at++) {
      const pool = this.poolOf(first + at);
      tell(pool, all[first + at] as number, -1);
      tell(pool, kept[at] as number, 1);
      all[first + at] = kept[at] as number;
    }
  }

  /** Put all available coupons in line, in the order in which they were loaded. */
  line(clock: number): void {
    const { count, fates: all, orders } = this.columns;
    const available: number[] = [];
    for (let coupon = 0; coupon < count; coupon++) if (all[coupon] === fates.available) available.push(coupon);
    available.sort((one, other) => (orders[one] as number) - (orders[other] as number));
    for (const coupon of available) this.poolOf(coupon).add(coupon, clock);
  }

  save(table: Table): void {
    const { ids, pools, cents, expiries, movedTo, orders } = this.columns;
    for (const coupon of this.noted) {
      const expiry = expiries[coupon] as number;
      const saved: SavedCoupon = [
        ids.id(coupon),
        pools[coupon] as number,
        cents[coupon] as number,
        Number.isFinite(expiry) ? expiry : null,
        this.fate(coupon),
        movedTo[coupon] as number,
        orders[coupon] as number,
      ];
      table.put(numberedKey(recordKinds.coupon, coupon), jsonBytes(saved));
    }
    this.noted.clear();
    const { count, fates: all } = this.columns;
    for (const chunk of this.chunks) {
      const first = chunk * fatesOfChunk;
      const kept = all.subarray(first, Math.min(first + fatesOfChunk, count));
      table.put(numberedKey(recordKinds.couponFates, chunk), kept);
    }
    this.chunks.clear();
  }

  private append(coupon: number, clock: number): void {
    const pool = this.poolOf(coupon);
    this.columns.orders[coupon] = pool.orders++;
    pool.add(coupon, clock);
    this.changes.note(pool);
  }

  private note(coupon: number): void {
    if (!this.changes.kept) return;
    this.noted.add(coupon);
    this.changes.note(this);
  }
}

/** Count coupons of a pool with some fate, more or fewer. */
function tell({ tally }: CouponPool, fate: number, count: number): void {
  tally[fate] = (tally[fate] as number) + count;
}
