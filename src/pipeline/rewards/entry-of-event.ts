import type { RewardEntry } from '../../rewards/reward-entry.ts';
import { type BetMapping, betOfEvent, cancelOfEvent } from './bet-of-event.ts';
import type { RewardEvents } from './event-router.ts';
import { type ReadLine, textIn } from './read-line.ts';

/**
 * Make the journal entry of an event: a bet, a cancellation, or the redemption of a coupon. `captured` is when its frame was taken in, if anybody says.
 * Throws REWARD_ENTRY for what is missing.
 */
export function entryOfEvent(
  event: ReadLine,
  events: RewardEvents,
  mapping: BetMapping,
  captured: number | null,
  now: number,
): RewardEntry {
  const id = textIn(event, 'id');
  const name = id.slice(0, id.indexOf(':'));
  if (name === events.bets) return { kind: 'bet', now, bet: betOfEvent(event, mapping), captured };
  if (name === events.cancels) return { kind: 'cancel', now, cancel: cancelOfEvent(event, mapping) };
  const value = event['value'] === undefined ? 0 : Math.round(Number(event['value']) * 100);
  const update = { coupon: textIn(event, 'coupon'), pool: '', value, expiry: null, status: 'redeemed' } as const;
  return { kind: 'coupon', now, update };
}
