import type { Bet } from './bet.ts';
import { betStates } from './bet-book.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import type { CampaignState } from './campaign-state.ts';
import type { DayUse } from './day-use.ts';
import type { BetOutcome, CampaignDecision } from './decision.ts';
import type { Holding } from './holding.ts';
import type { KnownRace, RaceUse } from './race-use.ts';
import type { RewardOutputs } from './reward-outputs.ts';
import { rewardReason } from './reward-reason.ts';
import type { RewardState } from './reward-state.ts';
import type { ShareExchange } from './share-exchange.ts';
import type { Terminal } from './terminal.ts';
import { drawOf } from './text-hash.ts';

const noDecisions: readonly CampaignDecision[] = [];

/** Judges bets: each by the campaigns, coupons and counters at its place in the journal. */
export class BetJudge {
  private readonly state: RewardState;
  private readonly exchange: ShareExchange;
  /** By group: the number of the bet that it served last. */
  private served: Float64Array = new Float64Array(0);
  private serial = 0;
  // The bet at hand, what was looked up about it so far, and what it got.
  private bet!: Bet;
  private outputs!: RewardOutputs;
  private terminal: Terminal | undefined;
  private race: KnownRace | null = null;
  private held: Holding[] | null = null;

  constructor(state: RewardState, exchange: ShareExchange) {
    this.state = state;
    this.exchange = exchange;
  }

  judge(bet: Bet, captured: number | null, now: number, outputs: RewardOutputs): void {
    const { state } = this;
    const { book, counts } = state;
    const time = Math.min(bet.time, now);
    state.advance(time);
    counts.bets++;
    let outcome: BetOutcome;
    let decisions = noDecisions;
    const known = book.find(bet.bet);
    if (known >= 0) {
      if (book.state(known) === betStates.early) {
        outcome = 'cancelled-before';
        book.setState(known, betStates.cancelled);
        state.noteBet(known);
      } else outcome = 'duplicate';
    } else if (time < book.horizon) {
      outcome = 'too-late'; // whether it was here before is forgotten
    } else {
      const sequence = book.add(bet.bet, time, betStates.plain);
      if (state.matcher === null) outcome = 'no-campaign';
      else if (this.isLate(bet, captured, now)) outcome = 'too-late';
      else {
        decisions = this.ask(state.matcher, this.complete(bet), outputs);
        if (decisions.length === 0) outcome = 'no-campaign';
        else if (this.held === null) outcome = 'not-rewarded';
        else {
          book.hold(sequence, this.held);
          state.noteBet(sequence);
          outcome = this.held.some(({ coupon }) => coupon !== null) ? 'rewarded' : 'not-rewarded';
          if (outcome === 'rewarded') book.setState(sequence, betStates.rewarded);
        }
      }
    }
    counts.outcomes[outcome]++;
    outputs.decision({
      bet: bet.bet,
      terminal: bet.terminal,
      time: bet.time,
      now,
      outcome,
      version: state.matcher?.set.version ?? 0,
      campaigns: decisions,
    });
  }

  /** Whether its decision comes too late; looks its race up by the way. */
  private isLate({ date, meeting, race }: Bet, captured: number | null, now: number): boolean {
    const { state } = this;
    const { decideWithin } = (state.matcher as CampaignMatcher).set;
    this.race = null;
    if (now > (captured ?? now) + decideWithin) return true;
    if (date === null || meeting === null || race === null) return false;
    if (state.isOver(date)) return true;
    this.race = state.race(date, meeting, race, Number.NEGATIVE_INFINITY);
    return this.race !== null && now > this.race.start;
  }

  /** Fill in what the calendar and the points of sale know. */
  private complete(bet: Bet): Bet {
    this.terminal = this.state.terminals.get(bet.terminal);
    const racecourse = bet.racecourse ?? this.race?.racecourse ?? null;
    const region = bet.region ?? this.terminal?.region ?? null;
    return racecourse === bet.racecourse && region === bet.region ? bet : { ...bet, racecourse, region };
  }

  private ask(matcher: CampaignMatcher, bet: Bet, outputs: RewardOutputs): readonly CampaignDecision[] {
    const { plans, groups } = this.state;
    this.held = null;
    const { indexes, count } = matcher.match(bet);
    if (count === 0) return noDecisions;
    this.bet = bet;
    this.outputs = outputs;
    this.serial++;
    if (this.served.length < groups) this.served = new Float64Array(groups);
    const decisions: CampaignDecision[] = [];
    for (let at = 0; at < count; at++) {
      const index = indexes[at] as number;
      decisions.push(this.consider(plans[index] as CampaignState, index, matcher));
    }
    return decisions;
  }

  /** Let a campaign, whose conditions the bet meets, decide. */
  private consider(campaign: CampaignState, index: number, matcher: CampaignMatcher): CampaignDecision {
    const { state, bet } = this;
    let day: DayUse | null = null;
    if (campaign.firstOfDay) {
      day = state.dayUse(campaign, matcher.dayOf(index, bet));
      if (!this.markFirst(day)) return campaign.decision('not-first-of-day', null);
    }
    if (campaign.share !== null && drawOf(bet.bet, campaign.seed) >= campaign.share) {
      return campaign.decision('not-in-share', null);
    }
    if (campaign.every > 0) {
      campaign.counter++;
      state.changes.note(campaign.counters);
      if (campaign.counter % campaign.every !== 0) {
        return { campaign: campaign.id, outcome: 'not-nth', detail: String(campaign.counter) };
      }
    }
    if (campaign.group >= 0 && this.served[campaign.group] === this.serial) return campaign.decision('group', null);
    return this.spend(campaign, day, index, matcher);
  }

  /** Go through limits, coupons and budget, and take what they give. */
  private spend(
    campaign: CampaignState,
    marked: DayUse | null,
    index: number,
    matcher: CampaignMatcher,
  ): CampaignDecision {
    const { state, exchange, outputs, bet } = this;
    if (campaign.total.left < 1) {
      exchange.refused(campaign.total, 1, outputs);
      return campaign.decision('limit-total', campaign.totalLimit.amount);
    }
    let day = marked;
    if (campaign.dayLimit.amount !== null) {
      day ??= state.dayUse(campaign, matcher.dayOf(index, bet));
      if (day.out.left < 1) {
        exchange.refused(day.out, 1, outputs);
        return campaign.decision('limit-day', campaign.dayLimit.amount);
      }
    }
    if ((this.terminal?.uses.get(campaign.number)?.used ?? 0) >= campaign.terminalLimit) {
      return campaign.decision('limit-terminal', campaign.terminalLimit);
    }
    let race: RaceUse | null = null;
    if (campaign.raceLimit.amount !== null) {
      race = this.raceUse(campaign);
      if (race.out.left < 1) {
        exchange.refused(race.out, 1, outputs);
        return campaign.decision('limit-race', campaign.raceLimit.amount);
      }
    }
    const pool = campaign.pool as NonNullable<CampaignState['pool']>;
    if (pool.out.left < 1) {
      if (!campaign.shadow) exchange.refused(pool.out, 1, outputs);
      return campaign.decision('limit-pool', pool.limit.amount);
    }
    if (pool.availableAt(state.clock) === 0) {
      if (!campaign.shadow) exchange.refusedCoupon(pool, outputs);
      return campaign.decision('no-coupon', null);
    }
    const coupon = pool.find(campaign.budget.left);
    if (coupon === null) {
      exchange.refused(campaign.budget, pool.cheapest, outputs);
      return campaign.decision('budget', campaign.budgetLimit.amount);
    }
    day ??= state.dayUse(campaign, matcher.dayOf(index, bet));
    race ??= this.raceUse(campaign);
    this.terminal ??= state.terminal(bet.terminal);
    const terminal = state.terminalUse(campaign, this.terminal);
    const value = coupon.cents;
    const holding: Holding = { campaign, coupon: campaign.shadow ? null : coupon, value, day, race, terminal };
    if (this.held === null) this.held = [holding];
    else this.held.push(holding);
    this.take(holding);
    if (campaign.shadow) return { campaign: campaign.id, outcome: 'shadow', value };
    this.give(campaign, holding, matcher);
    return { campaign: campaign.id, outcome: 'rewarded', coupon: coupon.coupon, value };
  }

  /** Count a reward wherever it is limited. */
  private take({ campaign, day, race, terminal, value }: Holding): void {
    const { exchange, outputs } = this;
    const { changes } = this.state;
    campaign.rewards++;
    campaign.rewardedCents += value;
    campaign.total.used++;
    campaign.budget.used += value;
    day.out.used++;
    race.out.used++;
    terminal.used++;
    changes.note(campaign);
    changes.note(day);
    changes.note(race);
    changes.note(terminal);
    exchange.used(campaign.total, 1, outputs);
    exchange.used(campaign.budget, value, outputs);
    exchange.used(day.out, 1, outputs);
    exchange.used(race.out, 1, outputs);
  }

  /** Give the coupon out. */
  private give(campaign: CampaignState, { coupon, value }: Holding, { set }: CampaignMatcher): void {
    if (coupon === null) return;
    const { state, exchange, outputs, bet } = this;
    const pool = state.coupons.poolOf(coupon);
    if (campaign.group >= 0) this.served[campaign.group] = this.serial;
    state.coupons.setStatus(coupon, 'emitted');
    pool.out.used++;
    state.counts.rewards++;
    exchange.used(pool.out, 1, outputs);
    exchange.usedCoupon(pool, outputs);
    outputs.reward({
      bet: bet.bet,
      ticket: bet.ticket,
      terminal: bet.terminal,
      time: bet.time,
      campaign: campaign.id,
      version: set.version,
      coupon: coupon.coupon,
      value,
      expiry: coupon.expiry === Number.POSITIVE_INFINITY ? null : coupon.expiry,
      reason: rewardReason(campaign),
    });
  }

  /** Mark the terminal as one that had its first bet of a day; whether it had none. */
  private markFirst(day: DayUse): boolean {
    const { state } = this;
    this.terminal ??= state.terminal(this.bet.terminal);
    const { terminal } = this;
    if (!day.mark(terminal.number, state.changes)) return false;
    if (terminal.lastMark < day.day) terminal.lastMark = day.day;
    return true;
  }

  private raceUse(campaign: CampaignState): RaceUse {
    const { state, bet } = this;
    const { date, meeting, race } = bet;
    if (this.race === null && date !== null && meeting !== null && race !== null) {
      this.race = state.race(date, meeting, race, state.lastRaceDay);
    }
    return state.raceUse(campaign, this.race ?? state.unknownRace);
  }
}
