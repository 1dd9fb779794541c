import type { CouponColumns } from './coupon-columns.ts';

const none = Number.POSITIVE_INFINITY;
const gap = -1;
const fewestLeaves = 64;

/**
 * Numbers of coupons in the order in which they were loaded, of which the first one is found that is worth no more than some cents.
 *
 * Over their places lies a binary tree of the lowest value below each node: to find, to add and to take away takes the logarithm of their number.
 */
export class CouponQueue {
  private readonly columns: CouponColumns;
  /** By place; -1: it was taken away. */
  private coupons = new Int32Array(1);
  /** Node n has the children 2n and 2n + 1; the leaves are its second half. */
  private lowest: Float64Array = new Float64Array(2).fill(none);
  /** Places that were given out; in front of `first` no coupon can be found. */
  private end = 0;
  private first = 0;
  /** Coupons that can be found. */
  size = 0;

  constructor(columns: CouponColumns) {
    this.columns = columns;
  }

  /** Add a coupon at the end. */
  add(coupon: number): void {
    if (this.end === this.coupons.length) this.compact();
    const place = this.end++;
    this.coupons[place] = coupon;
    this.columns.places[coupon] = place;
    this.show(coupon);
  }

  /** Take a coupon away. */
  delete(coupon: number): void {
    this.hide(coupon);
    const { places } = this.columns;
    this.coupons[places[coupon] as number] = gap;
    places[coupon] = -1;
  }

  /** Let a coupon not be found, and keep its place. */
  hide(coupon: number): void {
    const place = this.columns.places[coupon] as number;
    if (this.lowest[this.coupons.length + place] !== none) this.size--;
    this.set(place, none);
  }

  /** Let a coupon be found at its place, with the value that it has now. */
  show(coupon: number): void {
    const { cents, places } = this.columns;
    const place = places[coupon] as number;
    if (this.lowest[this.coupons.length + place] === none) this.size++;
    if (place < this.first) this.first = place;
    this.set(place, cents[coupon] as number);
  }

  /** The lowest value; Infinity when there is none. */
  get cheapest(): number {
    return this.lowest[1] as number;
  }

  /** The first one that is worth at most some cents; -1: there is none. */
  find(cents: number): number {
    const { lowest, coupons } = this;
    if (this.size === 0) return -1;
    const most = Math.min(cents, Number.MAX_VALUE); // places without a coupon are worth Infinity
    const leaves = coupons.length;
    while (lowest[leaves + this.first] === none) this.first++;
    if ((lowest[leaves + this.first] as number) <= most) return coupons[this.first] as number; // as nearly always
    if ((lowest[1] as number) > most) return -1;
    let node = 1;
    while (node < leaves) {
      node *= 2;
      if ((lowest[node] as number) > most) node++;
    }
    return coupons[node - leaves] as number;
  }

  /** Read for the cache what is asked of the next coupon; returns anything. */
  fetch(): number {
    const { lowest, coupons, columns, first } = this;
    const coupon = coupons[first] as number;
    if (coupon === gap) return 0;
    const { cents, expiries, fates, places, ids } = columns;
    const leaf = lowest[coupons.length + first] as number;
    return (
      leaf +
      (cents[coupon] as number) +
      (expiries[coupon] as number) +
      (fates[coupon] as number) +
      (places[coupon] as number) +
      ids.fetch(coupon)
    );
  }

  private set(place: number, cents: number): void {
    const { lowest } = this;
    let node = this.coupons.length + place;
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
    if (coupons.length >= fewestLeaves && !coupons.includes(gap)) {
      this.widen();
      return;
    }
    const { places } = this.columns;
    const left = coupons.filter((coupon) => coupon !== gap);
    let leaves = fewestLeaves;
    while (leaves < 2 * left.length) leaves *= 2;
    this.coupons = new Int32Array(leaves);
    this.coupons.set(left);
    this.end = left.length;
    this.first = 0;
    const lowest = new Float64Array(2 * leaves).fill(none);
    for (const [place, coupon] of left.entries()) {
      lowest[leaves + place] = old[coupons.length + (places[coupon] as number)] as number;
      places[coupon] = place;
    }
    for (let node = leaves - 1; node > 0; node--) {
      lowest[node] = Math.min(lowest[2 * node] as number, lowest[2 * node + 1] as number);
    }
    this.lowest = lowest;
  }

  /** The same where there are none, without looking at each: the tree becomes the left half of one that is twice as large. */
  private widen(): void {
    const { coupons, lowest: old } = this;
    const leaves = coupons.length;
    this.coupons = new Int32Array(2 * leaves);
    this.coupons.set(coupons);
    const lowest = new Float64Array(4 * leaves).fill(none);
    for (let width = 1; width <= leaves; width *= 2) lowest.set(old.subarray(width, 2 * width), 2 * width);
    lowest[1] = old[1] as number;
    this.lowest = lowest;
  }
}
