import type { Bet } from './bet.ts';
import { betStates } from './bet-book.ts';
import type { BetsAhead } from './bets-ahead.ts';
import { CampaignJudge } from './campaign-judge.ts';
import type { BetOutcome, CampaignDecision } from './decision.ts';
import type { RewardOutputs } from './reward-outputs.ts';
import type { RewardState } from './reward-state.ts';
import type { ShareExchange } from './share-exchange.ts';

const noDecisions: readonly CampaignDecision[] = [];

/** Judges bets: each by the campaigns, coupons and counters at its place in the journal. */
export class BetJudge {
  private readonly state: RewardState;
  private readonly ahead: BetsAhead;
  private readonly campaigns: CampaignJudge;

  constructor(state: RewardState, exchange: ShareExchange, ahead: BetsAhead) {
    this.state = state;
    this.ahead = ahead;
    this.campaigns = new CampaignJudge(state, exchange, ahead);
  }

  judge(bet: Bet, captured: number | null, now: number, outputs: RewardOutputs): void {
    const { state, campaigns, ahead } = this;
    const { book, counts, matcher } = state;
    const time = Math.min(bet.time, now);
    state.advance(time);
    counts.bets++;
    const place = ahead.placeOf(bet);
    let outcome: BetOutcome;
    let decisions = noDecisions;
    const known = book.findPrepared(place);
    if (known >= 0) {
      if (book.state(known) === betStates.early) {
        outcome = 'cancelled-before';
        book.setState(known, betStates.cancelled);
        state.noteBet(known);
      } else outcome = 'duplicate';
    } else if (time < book.horizon) {
      outcome = 'too-late'; // whether it was here before is forgotten
    } else {
      const sequence = book.add(time, betStates.plain);
      if (matcher === null) outcome = 'no-campaign';
      else if (this.isLate(place, captured, now)) outcome = 'too-late';
      else {
        decisions = campaigns.ask(matcher, place, sequence, outputs) ?? noDecisions;
        outcome = decisions.length === 0 ? 'no-campaign' : campaigns.isRewarded ? 'rewarded' : 'not-rewarded';
      }
    }
    counts.outcomes[outcome]++;
    outputs.decision({
      bet: bet.bet,
      terminal: bet.terminal,
      time: bet.time,
      now,
      outcome,
      version: matcher === null ? 0 : matcher.set.version,
      campaigns: decisions,
    });
  }

  /** Whether the decision about a bet comes too late. */
  private isLate(place: number, captured: number | null, now: number): boolean {
    const { state, ahead } = this;
    const { decideWithin } = (state.matcher as { readonly set: { readonly decideWithin: number } }).set;
    if (now > (captured ?? now) + decideWithin) return true;
    if ((ahead.days[place] as number) < state.firstDay) return true;
    const race = ahead.races[place] as number;
    return race >= 0 && now > (state.races.starts[race] as number);
  }
}
