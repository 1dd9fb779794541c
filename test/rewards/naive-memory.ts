/** A reward as the naive engine remembers it, for ever. Nothing is counted: whoever wants to know a count looks at all rewards. */
export interface NaiveReward {
  readonly bet: NaiveBet;
  /** `campaign` or `shadow campaign`. */
  readonly owner: string;
  readonly coupon: string | null;
  readonly pool: string;
  readonly value: number;
  readonly day: number;
  readonly race: string;
  readonly terminal: string;
  revoked: boolean;
  /** The campaign was gone for so long that its terminals are forgotten. */
  terminalForgotten: boolean;
}

export interface NaiveBet {
  readonly bet: string;
  readonly time: number;
  state: 'early' | 'bet' | 'cancelled';
}

export interface NaiveCoupon {
  coupon: string;
  pool: string;
  value: number;
  expiry: number | null;
  status: string;
  movedTo: number;
  order: number;
}
