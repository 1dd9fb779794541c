/** What may be done with a coupon. */
export type CouponStatus = 'available' | 'emitted' | 'redeemed' | 'revoked' | 'withdrawn';

/** A coupon of the table, as it comes from the data lake. */
export interface Coupon {
  readonly coupon: string;
  readonly pool: string;
  /** Cents. */
  readonly value: number;
  /** It is not given from this time on: milliseconds since 1970-01-01T00:00:00Z; `null`: it does not expire. */
  readonly expiry: number | null;
}

/** News of a coupon: a new one, or another value, expiry or pool while nobody has it, a redemption, or a withdrawal. */
export interface CouponUpdate extends Coupon {
  readonly status: 'available' | 'redeemed' | 'withdrawn';
}
