/** A reward of a bet, and all that it was taken from. */
export interface Holding {
  /** Number of the campaign. */
  readonly campaign: number;
  /** Number of the coupon; -1: of a campaign that only watches. */
  readonly coupon: number;
  /** Cents. */
  readonly value: number;
  /** The local day of the bet, and the day of its race, as days since 1970-01-01. */
  readonly day: number;
  readonly raceDay: number;
  readonly meeting: number;
  readonly race: number;
  /** Number of the terminal. */
  readonly terminal: number;
}
