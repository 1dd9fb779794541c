import type { Bet } from './bet.ts';
import { betStates } from './bet-book.ts';
import type { BetsAhead } from './bets-ahead.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import { campaignRules, inRow, rowWidth } from './campaign-rows.ts';
import type { CampaignState } from './campaign-state.ts';
import type { CouponPool } from './coupon-pool.ts';
import type { DayUse } from './day-use.ts';
import type { CampaignDecision } from './decision.ts';
import { FixedDecisions, fixedOutcomes } from './fixed-decisions.ts';
import type { KnownRace, RaceUse } from './race-use.ts';
import type { RewardOutputs } from './reward-outputs.ts';
import type { RewardState } from './reward-state.ts';
import type { ShareExchange } from './share-exchange.ts';
import type { Terminal } from './terminal.ts';
import { drawOf } from './text-hash.ts';

const { firstOfDay, share, every, group, dayLimit, raceLimit, shadow } = campaignRules;
const gates = firstOfDay | share | every | group; // what is in front of limits

/** Asks the campaigns whose conditions a bet meets, in the order of their priorities, and takes what they give. */
export class CampaignJudge {
  /** Whether one of them rewarded the bet. */
  isRewarded = false;
  private readonly state: RewardState;
  private readonly exchange: ShareExchange;
  private readonly ahead: BetsAhead;
  /** Whether there is no other partition to share with. */
  private readonly isAlone: boolean;
  private fixed!: FixedDecisions;
  private matcher: CampaignMatcher | null = null;
  /** What earns the rewards of a campaign, by its number; each is looked up when it gives first. */
  private reasons: (string | undefined)[] = [];
  /** By group: the number of the bet that it served last. */
  private served: Float64Array = new Float64Array(0);
  private serial = 0;
  // The bet at hand, what was looked up about it so far, and what it got.
  private bet!: Bet;
  private outputs!: RewardOutputs;
  private sequence = 0;
  /** Numbers of its terminal and its race; -1: nothing is known of them, or nobody looked yet. */
  private terminal = -1;
  private race = -1;
  /** The last row of what it holds; -1: nothing. */
  private held = -1;

  constructor(state: RewardState, exchange: ShareExchange, ahead: BetsAhead) {
    this.state = state;
    this.exchange = exchange;
    this.ahead = ahead;
    this.isAlone = state.partitions === 1;
  }

  /** Ask about the bet that has a place among those looked at ahead, and a sequence number in the book. `null`: it meets the conditions of no campaign. */
  ask(
    matcher: CampaignMatcher,
    place: number,
    sequence: number,
    outputs: RewardOutputs,
  ): readonly CampaignDecision[] | null {
    const { state, ahead } = this;
    const { plans, groups, rows, book } = state;
    const { matched } = ahead;
    const { indexes } = matched;
    const first = matched.startOf(place);
    const count = (matched.ends[place] as number) - first;
    if (count === 0) return null;
    if (matcher !== this.matcher) this.enter(matcher);
    this.held = -1;
    this.isRewarded = false;
    this.bet = ahead.complete[place] as Bet;
    this.terminal = ahead.terminals[place] as number;
    this.race = ahead.races[place] as number;
    this.sequence = sequence;
    this.outputs = outputs;
    this.serial++;
    if (this.served.length < groups) this.served = new Float64Array(groups);
    const { numbers } = rows;
    const decisions = new Array<CampaignDecision>(count); // of just that length
    for (let at = 0; at < count; at++) {
      const index = indexes[first + at] as number;
      const number = plans[index] as number;
      const rules = numbers[number * rowWidth + inRow.rules] as number;
      const refusal = (rules & gates) === 0 ? null : this.refusal(number, rules, index, matcher);
      decisions[at] = refusal ?? this.spend(number, rules, index, matcher);
    }
    if (this.isRewarded) book.setState(sequence, betStates.rewarded);
    if (this.held >= 0) state.noteBet(sequence);
    return decisions;
  }

  /** Begin with the campaigns of a matcher. */
  private enter(matcher: CampaignMatcher): void {
    this.matcher = matcher;
    this.fixed = new FixedDecisions(this.state);
    this.reasons = new Array<string | undefined>(this.state.campaigns.length).fill(undefined);
  }

  /** What stands in front of limits: why the bet does not take part. */
  private refusal(number: number, rules: number, index: number, matcher: CampaignMatcher): CampaignDecision | null {
    const { state, bet, fixed } = this;
    const { numbers } = state.rows;
    const start = number * rowWidth;
    if ((rules & firstOfDay) !== 0) {
      const day = this.dayUse(number, matcher.dayOf(index, bet));
      if (!this.markFirst(day)) return fixed.of(number, fixedOutcomes.notFirstOfDay);
    }
    if ((rules & share) !== 0) {
      const campaign = this.campaign(number);
      if (drawOf(bet.bet, campaign.seed) >= (campaign.share ?? 1)) return fixed.of(number, fixedOutcomes.notInShare);
    }
    if ((rules & every) !== 0) {
      const counter = (numbers[start + inRow.counter] as number) + 1;
      numbers[start + inRow.counter] = counter;
      state.counters.note(number);
      if (counter % (numbers[start + inRow.every] as number) !== 0) {
        return { campaign: state.campaignIds[number] as string, outcome: 'not-nth', detail: String(counter) };
      }
    }
    if ((rules & group) !== 0 && this.served[numbers[start + inRow.group] as number] === this.serial) {
      return fixed.of(number, fixedOutcomes.group);
    }
    return null;
  }

  /** Go through limits, coupons and budget, and take what they give. */
  private spend(number: number, rules: number, index: number, matcher: CampaignMatcher): CampaignDecision {
    const { state, bet, fixed, isAlone } = this;
    const { numbers } = state.rows;
    const start = number * rowWidth;
    if (leftIn(numbers, start + inRow.total) < 1) {
      if (!isAlone) this.exchange.refused(this.campaign(number).total, 1, this.outputs);
      return fixed.of(number, fixedOutcomes.total);
    }
    if ((rules & dayLimit) !== 0) {
      const day = matcher.dayOf(index, bet);
      if (numbers[start + inRow.day] !== day) this.dayUse(number, day);
      if (leftIn(numbers, start + inRow.ofDay) < 1) {
        if (!isAlone) this.exchange.refused(this.dayUse(number, day).out, 1, this.outputs);
        return fixed.of(number, fixedOutcomes.day);
      }
    }
    const used = this.terminal < 0 ? 0 : state.terminals.uses.get(this.terminal, number);
    if (used >= (numbers[start + inRow.terminalLimit] as number)) return fixed.of(number, fixedOutcomes.terminal);
    if ((rules & raceLimit) !== 0 && this.leftOfRace(number) < 1) {
      if (!isAlone) this.exchange.refused(this.raceUse(number).out, 1, this.outputs);
      return fixed.of(number, fixedOutcomes.race);
    }
    const pool = state.coupons.pools[numbers[start + inRow.pool] as number] as CouponPool;
    if (pool.limit.amount !== null && pool.out.left < 1) {
      if (!isAlone && (rules & shadow) === 0) this.exchange.refused(pool.out, 1, this.outputs);
      return fixed.of(number, fixedOutcomes.pool);
    }
    if (pool.availableAt(state.clock) === 0) {
      if (!isAlone && (rules & shadow) === 0) this.exchange.refusedCoupon(pool, this.outputs);
      return fixed.of(number, fixedOutcomes.noCoupon);
    }
    const coupon = pool.find(leftIn(numbers, start + inRow.budget));
    if (coupon < 0) {
      if (!isAlone) this.exchange.refused(this.campaign(number).budget, pool.cheapest, this.outputs);
      return fixed.of(number, fixedOutcomes.budget);
    }
    const value = state.coupons.columns.cents[coupon] as number;
    const isGiven = (rules & shadow) === 0;
    this.take(number, matcher.dayOf(index, bet), isGiven ? coupon : -1, value);
    const campaign = state.campaignIds[number] as string;
    if (!isGiven) return { campaign, outcome: 'shadow', value };
    if ((rules & group) !== 0) this.served[numbers[start + inRow.group] as number] = this.serial;
    return { campaign, outcome: 'rewarded', coupon: this.give(number, pool, coupon, value, matcher), value };
  }

  /** Count a reward wherever it is limited, and let the bet hold it. `coupon`: -1 of a campaign that only watches. */
  private take(number: number, day: number, coupon: number, value: number): void {
    const { state } = this;
    const { numbers } = state.rows;
    const start = number * rowWidth;
    if (numbers[start + inRow.day] !== day) this.dayUse(number, day);
    numbers[start + inRow.rewards] = (numbers[start + inRow.rewards] as number) + 1;
    numbers[start + inRow.rewardedCents] = (numbers[start + inRow.rewardedCents] as number) + value;
    use(numbers, start + inRow.total, 1);
    use(numbers, start + inRow.ofDay, 1);
    use(numbers, start + inRow.budget, value);
    const race = state.races.all[this.raceOfBet()] as KnownRace;
    state.races.uses.add(race.number, number, 1);
    const terminal = this.knownTerminal();
    state.terminals.uses.add(terminal, number, 1);
    const { day: raceDay, meeting, race: raceNumber } = race;
    this.held = state.book.hold(
      this.sequence,
      { campaign: number, coupon, value, day, raceDay, meeting, race: raceNumber, terminal },
      this.held,
    );
    if (state.changes.kept) this.note(this.campaign(number), race, terminal);
    if (!this.isAlone) this.share(number, value);
  }

  /** Hear that what a campaign has given changed. */
  private note(campaign: CampaignState, race: KnownRace, terminal: number): void {
    const { changes, races, terminals } = this.state;
    changes.note(campaign);
    if (campaign.day !== null) changes.note(campaign.day);
    races.uses.note(race, campaign.number, changes);
    terminals.uses.note(terminals.all[terminal] as Terminal, campaign.number, changes);
  }

  /** Ask others for what runs short. */
  private share(number: number, value: number): void {
    const { exchange, outputs } = this;
    const campaign = this.campaign(number);
    exchange.used(campaign.total, 1, outputs);
    exchange.used(campaign.budget, value, outputs);
    if (campaign.day !== null) exchange.used(campaign.day.out, 1, outputs);
    exchange.used(this.raceUse(number).out, 1, outputs);
  }

  /** Give a coupon out; returns its id. */
  private give(number: number, pool: CouponPool, coupon: number, value: number, { set }: CampaignMatcher): string {
    const { state, exchange, outputs, bet } = this;
    const { columns } = state.coupons;
    const { numbers } = state.rows;
    const nth = numbers[number * rowWidth + inRow.every] as number;
    const reason = this.reasons[number] ?? this.reasonOf(number);
    state.coupons.setFate(coupon, 'emitted');
    pool.out.used++;
    state.counts.rewards++;
    this.isRewarded = true;
    if (!this.isAlone) {
      exchange.used(pool.out, 1, outputs);
      exchange.usedCoupon(pool, outputs);
    }
    const expiry = columns.expiries[coupon] as number;
    const given = columns.ids.id(coupon);
    outputs.reward({
      bet: bet.bet,
      ticket: bet.ticket,
      terminal: bet.terminal,
      time: bet.time,
      campaign: state.campaignIds[number] as string,
      version: set.version,
      coupon: given,
      value,
      expiry: expiry === Number.POSITIVE_INFINITY ? null : expiry,
      reason: nth > 0 ? `${reason}${numbers[number * rowWidth + inRow.counter]}` : reason,
    });
    return given;
  }

  /** Mark the terminal as one that had its first bet of a day; whether it had none. */
  private markFirst(day: DayUse): boolean {
    const { state } = this;
    const number = this.knownTerminal();
    if (!day.mark(number, state.changes)) return false;
    const terminal = state.terminals.all[number] as Terminal;
    if (terminal.lastMark < day.day) terminal.lastMark = day.day;
    return true;
  }

  /** The number of the terminal, of which something is to be remembered. */
  private knownTerminal(): number {
    if (this.terminal < 0) this.terminal = this.state.terminal(this.bet.terminal).number;
    return this.terminal;
  }

  private reasonOf(number: number): string {
    const { reason } = this.campaign(number);
    this.reasons[number] = reason;
    return reason;
  }

  private campaign(number: number): CampaignState {
    return this.state.campaigns[number] as CampaignState;
  }

  /** What a campaign has given on a day; its row is about that day from here on. */
  private dayUse(number: number, day: number): DayUse {
    return this.state.dayUse(this.campaign(number), day);
  }

  private leftOfRace(number: number): number {
    const { state } = this;
    if (!this.isAlone) return this.raceUse(number).out.left;
    const share = state.rows.numbers[number * rowWidth + inRow.raceShare] as number;
    return share - state.races.uses.get(this.raceOfBet(), number);
  }

  /** What a campaign has given for the race of the bet, where partitions share it. */
  private raceUse(number: number): RaceUse {
    const { state } = this;
    return state.raceUse(this.campaign(number), state.races.all[this.raceOfBet()] as KnownRace);
  }

  /** The number of the race that the bet is on, as far as it is known. */
  private raceOfBet(): number {
    if (this.race >= 0) return this.race;
    const { state, bet } = this;
    const { date, meeting, race } = bet;
    const isNamed = date !== null && meeting !== null && race !== null;
    const known = isNamed ? state.race(date, meeting, race, state.lastRaceDay) : null;
    this.race = (known ?? state.races.unknown).number;
    return this.race;
  }
}

/** What is left of something that stands in a row: what there is of it in all, and how much is used. */
function leftIn(numbers: Float64Array, at: number): number {
  return (numbers[at] as number) - (numbers[at + 1] as number);
}

/** Use some of it. */
function use(numbers: Float64Array, at: number, count: number): void {
  numbers[at + 1] = (numbers[at + 1] as number) + count;
}
