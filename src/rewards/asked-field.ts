import type { Bet } from './bet.ts';
import type { Dimension } from './dimension.ts';

/** A field with its dimension. `Value` is what bets have there; each dimension gets what its own field holds. */
export interface AskedField {
  readonly dimension: Dimension<string | number>;
  readonly read: (bet: Bet) => string | number | null;
}
