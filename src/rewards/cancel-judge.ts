import { betStates } from './bet-book.ts';
import type { BetOutcome } from './decision.ts';
import type { Holding } from './holding.ts';
import type { Cancel } from './reward-entry.ts';
import type { RewardOutputs } from './reward-outputs.ts';
import type { RewardState } from './reward-state.ts';

/** Judge a cancellation, whenever it comes: capacity returns to where it was taken from, and a coupon that was out is never given again. */
export function judgeCancel(state: RewardState, cancel: Cancel, now: number, outputs: RewardOutputs): void {
  const { counts } = state;
  const time = Math.min(cancel.time, now);
  state.advance(time);
  counts.cancels++;
  const outcome = outcomeOf(state, cancel, time, outputs);
  counts.outcomes[outcome]++;
  outputs.decision({
    bet: cancel.bet,
    terminal: cancel.terminal,
    time: cancel.time,
    now,
    outcome,
    version: state.matcher?.set.version ?? 0,
    campaigns: [],
  });
}

function outcomeOf(state: RewardState, cancel: Cancel, time: number, outputs: RewardOutputs): BetOutcome {
  const { book } = state;
  const known = book.find(cancel.bet);
  if (known < 0) {
    // What is older than all that is remembered waits for no bet.
    if (time >= book.horizon) book.add(cancel.bet, time, betStates.early);
    return 'cancel-early';
  }
  const was = book.state(known);
  if (was === betStates.early || was === betStates.cancelled) return 'cancel-repeated';
  book.setState(known, betStates.cancelled);
  state.noteBet(known);
  const holdings = book.holdings(known);
  if (holdings.some(({ coupon }) => coupon?.status === 'redeemed')) return 'cancel-too-late';
  for (const holding of holdings) revoke(state, holding, cancel, outputs);
  book.release(known);
  return was === betStates.rewarded ? 'cancelled' : 'cancel-without-reward';
}

/** Return what a reward took, and take its coupon back. */
function revoke(state: RewardState, holding: Holding, cancel: Cancel, outputs: RewardOutputs): void {
  const { campaign, coupon, day, race, terminal, value } = holding;
  const { changes, counts, coupons } = state;
  campaign.revoked++;
  campaign.revokedCents += value;
  campaign.total.used--;
  campaign.budget.used -= value;
  day.out.used--;
  race.out.used--;
  terminal.used--;
  changes.note(campaign);
  changes.note(day);
  changes.note(race);
  changes.note(terminal);
  if (coupon === null) return;
  coupons.poolOf(coupon).out.used--;
  coupons.setStatus(coupon, 'revoked');
  counts.revoked++;
  outputs.cancelled({
    bet: cancel.bet,
    terminal: cancel.terminal,
    campaign: campaign.id,
    coupon: coupon.coupon,
    value,
    time: cancel.time,
    outcome: 'revoked',
  });
}
