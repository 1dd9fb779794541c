import type { CouponRecord } from './coupon-record.ts';

const none = Number.POSITIVE_INFINITY;

/**
 * Coupons in the order in which they were loaded, of which the first one is found that is worth no more than some cents.
 *
 * Over their places lies a binary tree of the lowest value below each node: to find, to add and to take away takes the logarithm of their number.
 */
export class CouponQueue {
  private coupons: (CouponRecord | null)[] = [];
  /** Node n has the children 2n and 2n + 1; the leaves are its second half. */
  private lowest: Float64Array = new Float64Array(2).fill(none);
  /** Places that were given out. */
  private end = 0;
  /** Coupons that can be found. */
  size = 0;

  /** Add a coupon at the end. */
  add(coupon: CouponRecord): void {
    if (this.end === this.lowest.length / 2) this.compact();
    const place = this.end++;
    this.coupons[place] = coupon;
    coupon.place = place;
    this.show(coupon);
  }

  /** Take a coupon away. */
  delete(coupon: CouponRecord): void {
    this.hide(coupon);
    this.coupons[coupon.place] = null;
    coupon.place = -1;
  }

  /** Let a coupon not be found, and keep its place. */
  hide({ place }: CouponRecord): void {
    if (this.lowest[this.lowest.length / 2 + place] !== none) this.size--;
    this.set(place, none);
  }

  /** Let a coupon be found at its place, with the value that it has now. */
  show({ place, cents }: CouponRecord): void {
    if (this.lowest[this.lowest.length / 2 + place] === none) this.size++;
    this.set(place, cents);
  }

  /** The lowest value; Infinity when there is none. */
  get cheapest(): number {
    return this.lowest[1] as number;
  }

  /** The first one that is worth at most some cents. */
  find(cents: number): CouponRecord | null {
    const { lowest } = this;
    const most = Math.min(cents, Number.MAX_VALUE); // places without a coupon are worth Infinity
    if (this.size === 0 || (lowest[1] as number) > most) return null;
    let node = 1;
    const leaves = lowest.length / 2;
    while (node < leaves) {
      node *= 2;
      if ((lowest[node] as number) > most) node++;
    }
    return this.coupons[node - leaves] ?? null;
  }

  private set(place: number, cents: number): void {
    const { lowest } = this;
    let node = lowest.length / 2 + place;
    lowest[node] = cents;
    while (node > 1) {
      const least = Math.min(lowest[node] as number, lowest[node ^ 1] as number);
      node >>= 1;
      if (lowest[node] === least) return;
      lowest[node] = least;
    }
  }

  /** Close the gaps, with room for as many again. */
  private compact(): void {
    const { coupons, lowest: old } = this;
    const left = coupons.filter((coupon) => coupon !== null);
    let leaves = 64;
    while (leaves < 2 * left.length) leaves *= 2;
    this.coupons = left;
    this.end = left.length;
    const lowest = new Float64Array(2 * leaves).fill(none);
    for (const [place, coupon] of left.entries()) {
      lowest[leaves + place] = old[old.length / 2 + coupon.place] as number;
      coupon.place = place;
    }
    for (let node = leaves - 1; node > 0; node--) {
      lowest[node] = Math.min(lowest[2 * node] as number, lowest[2 * node + 1] as number);
    }
    this.lowest = lowest;
  }
}
