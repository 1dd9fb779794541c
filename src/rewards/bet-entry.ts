import type { Bet } from './bet.ts';

/**
 * The entry of a bet in the journal of rewards.
 *
 * It has a constructor, as the engine soon puts what literals make many of where only a full collection finds it, and with an entry all that it refers to.
 */
export class BetEntry {
  readonly kind = 'bet';
  /** The ingest time that was journalled with it, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  readonly bet: Bet;
  /** When its request was captured; `null`: nobody says, and `now` is taken. */
  readonly captured: number | null;

  constructor(now: number, bet: Bet, captured: number | null) {
    this.now = now;
    this.bet = bet;
    this.captured = captured;
  }
}
