import type { BetBook } from './bet-book.ts';
import { jsonBytes } from './saved-key.ts';

/** A reward as numbers: campaign, coupon (-1: none), cents, day, day of the race, meeting, race, terminal. */
export type SavedHolding = readonly [number, number, number, number, number, number, number, number];

/** What is kept of a bet besides its line in the book: its state, and what it holds. */
export type SavedBet = readonly [number, readonly SavedHolding[]];

/** Write what is kept of a bet besides its line in the book. */
export function savedBet(book: BetBook, sequence: number): Uint8Array {
  const holdings = book.holdings(sequence).map(({ campaign, coupon, value, day, raceDay, meeting, race, terminal }) => {
    return [campaign, coupon, value, day, raceDay, meeting, race, terminal] satisfies SavedHolding;
  });
  const saved: SavedBet = [book.state(sequence), holdings];
  return jsonBytes(saved);
}
