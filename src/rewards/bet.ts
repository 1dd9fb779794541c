/** A bet as campaigns judge it. What nobody says is `null`, and a condition on it does not hold. */
export interface Bet {
  /** Its id: the same bet sent again has the same. */
  readonly bet: string;
  readonly ticket: string;
  /** The selling terminal, which is the point of sale. */
  readonly terminal: string;
  /** Event time in milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number;
  /** Type of bet, `QI`. */
  readonly type: string | null;
  readonly formula: string | null;
  /** Cents. */
  readonly stake: number;
  /** Horses that were chosen, bases included. */
  readonly horses: number | null;
  /** The day of the race, `2024-03-31`. */
  readonly date: string | null;
  readonly meeting: number | null;
  readonly race: number | null;
  readonly racecourse: string | null;
  /** Region of the point of sale. */
  readonly region: string | null;
}
