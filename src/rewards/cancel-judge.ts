import { betStates } from './bet-book.ts';
import type { CampaignState } from './campaign-state.ts';
import type { CampaignUses, UsesOwner } from './campaign-uses.ts';
import type { ChangeList } from './change-list.ts';
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
  const { book, coupons } = state;
  const known = book.find(cancel.bet);
  if (known < 0) {
    // What is older than all that is remembered waits for no bet.
    if (time >= book.horizon) book.add(time, betStates.early);
    return 'cancel-early';
  }
  const was = book.state(known);
  if (was === betStates.early || was === betStates.cancelled) return 'cancel-repeated';
  book.setState(known, betStates.cancelled);
  state.noteBet(known);
  const holdings = book.holdings(known);
  if (holdings.some(({ coupon }) => coupon >= 0 && coupons.fate(coupon) === 'redeemed')) return 'cancel-too-late';
  for (const holding of holdings) revoke(state, holding, cancel, outputs);
  book.release(known);
  return was === betStates.rewarded ? 'cancelled' : 'cancel-without-reward';
}

/** Return what a reward took, and take its coupon back. */
function revoke(state: RewardState, holding: Holding, cancel: Cancel, outputs: RewardOutputs): void {
  const { coupon, value } = holding;
  const { changes, counts, coupons } = state;
  const campaign = state.campaigns[holding.campaign] as CampaignState;
  campaign.revoked++;
  campaign.revokedCents += value;
  campaign.total.used--;
  campaign.budget.used -= value;
  changes.note(campaign);
  const day = state.dayOf(holding);
  if (day !== null) {
    day.out.used--;
    changes.note(day);
  }
  giveBack(state.races.uses, state.raceOf(holding), campaign, changes);
  giveBack(state.terminals.uses, state.terminalOf(holding), campaign, changes);
  if (coupon < 0) return;
  coupons.poolOf(coupon).out.used--;
  coupons.setFate(coupon, 'revoked');
  counts.revoked++;
  outputs.cancelled({
    bet: cancel.bet,
    terminal: cancel.terminal,
    campaign: campaign.id,
    coupon: coupons.columns.ids.id(coupon),
    value,
    time: cancel.time,
    outcome: 'revoked',
  });
}

/** Let one less be out of a race or a terminal, if it is still remembered. */
function giveBack(uses: CampaignUses, owner: UsesOwner | null, { number }: CampaignState, changes: ChangeList): void {
  if (owner === null) return;
  uses.add(owner.number, number, -1);
  uses.note(owner, number, changes);
}
