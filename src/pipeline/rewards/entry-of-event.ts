import { BetEntry } from '../../rewards/bet-entry.ts';
import type { RewardEntry } from '../../rewards/reward-entry.ts';
import { betOfEvent, cancelOfEvent } from './bet-of-event.ts';
import { type BetMapping, type EventMembers, eventMembers } from './event-members.ts';
import type { RewardEvents } from './event-router.ts';

/**
 * Make the journal entry of an event: a bet, a cancellation, or the redemption of a coupon. `captured` is when its frame was taken in, if anybody says.
 * Throws REWARD_ENTRY for what is missing.
 */
export function entryOfEvent(
  event: EventMembers,
  events: RewardEvents,
  mapping: BetMapping,
  captured: number | null,
  now: number,
): RewardEntry {
  const name = event.nameOfEvent();
  if (name === events.bets) return new BetEntry(now, betOfEvent(event, mapping), captured);
  if (name === events.cancels) return { kind: 'cancel', now, cancel: cancelOfEvent(event, mapping) };
  const given = event.values[eventMembers.value];
  const value = given === undefined ? 0 : Math.round(Number(given) * 100);
  const coupon = event.text(eventMembers.coupon);
  return { kind: 'coupon', now, update: { coupon, pool: '', value, expiry: null, status: 'redeemed' } };
}
