import type { BetBook } from './bet-book.ts';
import { jsonBytes } from './saved-key.ts';

/** A reward as numbers: campaign, coupon (-1: none), cents, day, day of the race, meeting, race, terminal. */
export type SavedHolding = readonly [number, number, number, number, number, number, number, number];

/** What is kept of a bet besides its line in the book: its state, and what it holds. */
export type SavedBet = readonly [number, readonly SavedHolding[]];

/** Write what is kept of a bet besides its line in the book. */
export function savedBet(book: BetBook, sequence: number): Uint8Array {
  const holdings = book.holdings(sequence).map((holding): SavedHolding => {
    const { campaign, coupon, value, day, terminal } = holding;
    const { day: raceDay, meeting, race } = holding.race.race;
    const number = coupon === null ? -1 : coupon.number;
    return [campaign.number, number, value, day.day, raceDay, meeting, race, terminal.terminal.number];
  });
  const saved: SavedBet = [book.state(sequence), holdings];
  return jsonBytes(saved);
}
