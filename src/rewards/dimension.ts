import type { FieldRows } from './field-rows.ts';

/** A field of bets that campaigns ask for: it has a row of bits for each of its values, or for some of them together. Bits are the ranks of campaigns. */
export interface Dimension<Value> {
  /** Rows that it has; they stand one behind the other, that of what campaigns do not ask for (`null`, or no value of any) in front. */
  readonly rows: number;
  /** The offset of the first one, once they are filled. */
  readonly base: number;
  /** How likely a bet gets past it, 0 to 1, as far as can be told: what says no most often is asked first. */
  readonly passing: number;
  /** Whether some values share a row, so that what is found is to be looked at again by `admits`. */
  readonly isCoarse: boolean;
  /** Fill the rows. It yields now and then. */
  fill(rows: FieldRows, rankOf: Int32Array): Generator<void>;
  /** The row of a value, from 0. */
  rowOf(value: Value | null): number;
  /** Whether a campaign does not admit whatever value. */
  asks(campaign: number): boolean;
  /** Whether a campaign admits a value. */
  admits(campaign: number, value: Value | null): boolean;
}
