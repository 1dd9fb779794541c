import type { Table } from '../state/environment.ts';
import { BetBook, betStates } from './bet-book.ts';
import type { Campaign } from './campaign.ts';
import { CampaignCounters } from './campaign-counters.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import { CampaignRows } from './campaign-rows.ts';
import { CampaignState } from './campaign-state.ts';
import { ChangeList } from './change-list.ts';
import { CouponTable } from './coupon-table.ts';
import { DayUse } from './day-use.ts';
import type { Holding } from './holding.ts';
import { dateOfDay, dayOfDate } from './local-calendar.ts';
import { RaceTable } from './race-table.ts';
import { type KnownRace, RaceUse } from './race-use.ts';
import { noCounts, type RewardCounts } from './reward-counts.ts';
import { runSteps } from './run-steps.ts';
import { setDifference } from './set-difference.ts';
import type { Terminal } from './terminal.ts';
import { TerminalTable } from './terminal-table.ts';
import { Transfers } from './transfers.ts';

/** Which part of the whole an engine is. */
export interface PartitionPlace {
  /** From 0. */
  readonly partition: number;
  readonly partitions: number;
}

/** What is known of a day. */
interface Day {
  readonly date: string;
  readonly day: number;
  readonly uses: DayUse[];
  /** Numbers of races by meeting * 1,000 + race. */
  readonly races: Map<number, number>;
}

/** Deletes something of what is kept. */
type Sweep = (table: Table) => void;

const dayLength = 86_400_000; // ms
const sweptAtOnce = 8; // pieces of days that are over: a day with many campaigns and races is no pause
const racesOfMeeting = 1000;
const meetings = 1_000_000;
const [unknownRace, noRace] = [-1, -2];
const farthestRace = 400; // days ahead: what is farther is no race, and would stay too long

/** All that the engine of a partition knows. */
export class RewardState implements PartitionPlace {
  readonly partition: number;
  readonly partitions: number;
  readonly changes: ChangeList;
  readonly book: BetBook;
  readonly coupons: CouponTable;
  readonly transfers: Transfers;
  counts: RewardCounts = noCounts();
  /** The largest ingest time, and the largest event time, which is never later than the ingest time of its entry. */
  clock: number = Number.NEGATIVE_INFINITY;
  largest: number = Number.NEGATIVE_INFINITY;
  /** Counts what may change which campaigns a bet meets, or whose numbers are given to others: what was found out before that is not to be relied on. */
  learned = 0;
  /** Days before this one are over: nothing of them is asked for any more. */
  firstDay: number = Number.NEGATIVE_INFINITY;
  matcher: CampaignMatcher | null = null;
  text = '';
  /** The numbers of the campaigns in force, in the order of their set. */
  plans: Int32Array = new Int32Array(0);
  groups = 0;
  /** By number, and what bets ask of them. */
  readonly campaigns: CampaignState[] = [];
  readonly rows: CampaignRows = new CampaignRows();
  readonly counters: CampaignCounters;
  readonly byId: readonly [Map<string, CampaignState>, Map<string, CampaignState>] = [new Map(), new Map()];
  /** Their ids, by number. */
  readonly campaignIds: string[] = [];
  readonly terminals: TerminalTable = new TerminalTable();
  readonly races: RaceTable = new RaceTable();
  readonly days: Map<number, Day> = new Map();
  private readonly dates: Map<string, Day> = new Map();
  /** Sequence numbers of bets of which more than their line in the book changed, or that left it. */
  changedBets: Set<number> = new Set();
  leftBets: number[] = [];
  private readonly kept: boolean;
  private sweeping: Sweep[] = [];
  /** Races that are over, of which nothing was deleted yet. */
  private readonly overRaces: KnownRace[] = [];
  /** The day that was asked for last by its date. */
  private lastDay: Day | null = null;

  constructor(place: PartitionPlace, kept: boolean) {
    this.partition = place.partition;
    this.partitions = place.partitions;
    this.changes = new ChangeList(kept);
    this.counters = new CampaignCounters(this.rows, this.changes);
    this.coupons = new CouponTable(this.changes);
    this.transfers = new Transfers(place.partitions);
    this.book = new BetBook((sequence, state) => {
      this.changedBets.delete(sequence);
      if (kept && state !== betStates.plain && state !== betStates.early) this.leftBets.push(sequence);
    });
    this.kept = kept;
  }

  /** Hear of the ingest time of an entry. */
  tick(now: number): void {
    if (now > this.clock) this.clock = now;
  }

  /** Hear of an event time: it decides what is old. */
  advance(time: number): void {
    if (time > this.largest) {
      this.largest = time;
      if (this.matcher !== null) this.expire(time - this.matcher.set.keep);
    }
    this.book.forget();
    if (this.sweeping.length === 0 && this.overRaces.length > 0) this.sweepRace(this.overRaces.pop() as KnownRace);
    for (let count = 0; count < sweptAtOnce && this.sweeping.length > 0; count++) {
      this.changes.note({ changed: false, save: this.sweeping.pop() as Sweep });
    }
  }

  /** Let what is older than a time be over. */
  expire(horizon: number): void {
    if (horizon <= this.book.horizon) return;
    this.book.horizon = horizon;
    const firstDay = firstDayOf(horizon);
    if (firstDay <= this.firstDay) return;
    this.firstDay = firstDay;
    this.learned++;
    for (const day of this.days.values()) if (day.day < firstDay) this.endDay(day);
    this.sweepTerminals();
  }

  /** Be as old as it was kept, before anything else is put back. */
  restoreHorizon(horizon: number): void {
    this.book.horizon = horizon;
    if (Number.isFinite(horizon)) this.firstDay = firstDayOf(horizon);
  }

  /** Hear that more of a bet changed than its line in the book says. */
  noteBet(sequence: number): void {
    if (this.kept) this.changedBets.add(sequence);
  }

  /** Put campaigns into force. */
  reload(matcher: CampaignMatcher, text: string): void {
    const inForce = this.matcher?.set ?? null;
    const isAhead = matcher.difference !== undefined && matcher.difference.former === inForce;
    const difference = isAhead ? matcher.difference : runSteps(setDifference(inForce, matcher.set));
    this.matcher = matcher;
    this.text = text;
    this.learned++;
    const { changed, stood, gone, groupOf, groups } = difference;
    const former = this.plans;
    const plans = new Int32Array(matcher.set.campaigns.length);
    plans.set(former.subarray(0, plans.length));
    const returning = new Set<number>();
    for (let at = 0; at < changed.length; at++) {
      const index = changed[at] as number;
      const campaign = matcher.set.campaigns[index] as Campaign;
      const known = this.campaigns[former[stood[at] as number] ?? -1] ?? this.campaign(campaign.id, campaign.shadow);
      this.load(known, campaign, groupOf[index] as number, returning);
      plans[index] = known.number;
    }
    this.plans = plans;
    this.groups = groups;
    if (returning.size > 0) this.forgetUses((campaign) => returning.has(campaign));
    for (const index of gone) {
      const state = this.campaigns[former[index] as number] as CampaignState;
      state.unload(Math.max(this.largest, Number.MIN_SAFE_INTEGER)); // before the first bet there is none
      this.changes.note(state);
    }
    this.coupons.limit(matcher.set.poolLimits, this);
    this.expire(this.largest - matcher.set.keep);
  }

  /** The state of a campaign, which may be a new one. */
  campaign(id: string, shadow: boolean): CampaignState {
    const states = this.byId[shadow ? 1 : 0];
    let state = states.get(id);
    if (state === undefined) {
      const number = this.campaigns.length;
      state = new CampaignState(number, id, shadow, this.rows);
      this.addCampaign(state);
      this.changes.note(state);
    }
    return state;
  }

  /** Add the state of a campaign, which has a number already. */
  addCampaign(state: CampaignState): void {
    this.campaigns[state.number] = state;
    this.campaignIds[state.number] = state.id;
    this.byId[state.shadow ? 1 : 0].set(state.id, state);
  }

  /** What a campaign has given on a day, which must not be over. */
  dayUse(campaign: CampaignState, day: number): DayUse {
    if (campaign.day !== null && campaign.day.day === day) return campaign.day;
    let use = campaign.days.find((one) => one.day === day); // as many as are remembered, which are few
    if (use === undefined) {
      use = new DayUse(campaign, day);
      campaign.days.push(use);
      this.day(day).uses.push(use);
    }
    campaign.enter(use);
    return use;
  }

  /** What a campaign has given for a race, where partitions share it. */
  raceUse(campaign: CampaignState, race: KnownRace): RaceUse {
    let use = race.shared.get(campaign.number);
    if (use === undefined) {
      use = new RaceUse(campaign, race);
      race.shared.set(campaign.number, use);
    }
    return use;
  }

  /** The day that a reward was taken from; `null`: it is over. */
  dayOf({ campaign, day }: Holding): DayUse | null {
    return day < this.firstDay ? null : this.dayUse(this.campaigns[campaign] as CampaignState, day);
  }

  /** The race that a reward was taken from; `null`: its day is over. */
  raceOf({ raceDay, meeting, race }: Holding): KnownRace | null {
    const { all, unknown } = this.races;
    if (raceDay === unknown.day) return unknown;
    return all[this.days.get(raceDay)?.races.get(meeting * racesOfMeeting + race) ?? -1] ?? null;
  }

  /** The terminal that a reward was taken from. */
  terminalOf({ terminal }: Holding): Terminal | null {
    return this.terminals.all[terminal] ?? null;
  }

  /**
   * A race of which something is known, or a new one, if it is on a day up to `newUntil`; `null` for what names no race, or one of a day that is over.
   */
  race(date: string, meeting: number, race: number, newUntil: number): KnownRace | null {
    const number = this.raceNumber(date, meeting, race);
    if (number >= 0) return this.races.all[number] as KnownRace;
    const day = number === noRace ? null : this.dayOfDate(date);
    if (day === null || day.day > newUntil) return null;
    const known = this.races.add(`${date}/${meeting}/${race}`, [day.day, meeting, race]);
    day.races.set(meeting * racesOfMeeting + race, known.number);
    return known;
  }

  /** The number of a race of which something is known; below 0: it is not known, or no race. */
  raceNumber(date: string, meeting: number, race: number): number {
    const inRange = meeting >= 0 && meeting < meetings && race >= 0 && race < racesOfMeeting;
    if (!inRange || !Number.isInteger(meeting) || !Number.isInteger(race)) return noRace;
    return this.dayOfDate(date)?.races.get(meeting * racesOfMeeting + race) ?? unknownRace;
  }

  /** The last day of which bets may name races that nobody knows. */
  get lastRaceDay(): number {
    return Math.max(this.largest, this.clock) / dayLength + farthestRace;
  }

  /** Whether a date is one of a day that is over. */
  isOver(date: string): boolean {
    return this.dayNumber(date) < this.firstDay;
  }

  /** A date as days since 1970-01-01; NaN: it is none. */
  dayNumber(date: string): number {
    if (this.lastDay?.date === date) return this.lastDay.day;
    return this.dates.get(date)?.day ?? dayOfDate(date) ?? Number.NaN;
  }

  /** A terminal of which something is to be remembered. */
  terminal(name: string): Terminal {
    return this.terminals.named(name, (terminal) => this.changes.note(terminal));
  }

  /** Let a piece that is over be deleted from what is kept, some time. */
  sweep(work: Sweep): void {
    if (this.kept) this.sweeping.push(work);
  }

  private load(state: CampaignState, campaign: Campaign, group: number, returning: Set<number>): void {
    const { leftAt } = state;
    state.load(campaign, this.coupons.pool(campaign.pool), group, this.partition, this.partitions);
    if (leftAt !== Number.POSITIVE_INFINITY) this.changes.note(state);
    if (leftAt < this.book.horizon) returning.add(state.number); // whether or not it was swept already
  }

  private day(day: number): Day {
    let known = this.days.get(day);
    if (known === undefined) {
      known = { date: dateOfDay(day), day, uses: [], races: new Map() };
      this.days.set(day, known);
      this.dates.set(known.date, known);
    }
    return known;
  }

  /** The day of a date; `null` when it is over, or no date. */
  private dayOfDate(date: string): Day | null {
    if (this.lastDay?.date === date) return this.lastDay;
    let known = this.dates.get(date);
    if (known === undefined) {
      const day = dayOfDate(date);
      if (day === null || day < this.firstDay) return null;
      known = this.day(day);
    }
    this.lastDay = known;
    return known;
  }

  private endDay({ date, day, uses, races }: Day): void {
    this.days.delete(day);
    this.dates.delete(date);
    if (this.lastDay?.day === day) this.lastDay = null;
    for (const use of uses) {
      use.gone = true;
      use.campaign.days.splice(use.campaign.days.indexOf(use), 1);
      if (use.campaign.day === use) use.campaign.enter(null);
      this.sweep((table) => use.save(table));
      for (const chunk of use.marks) if (chunk !== undefined) this.sweep((table) => chunk.save(table));
    }
    for (const number of races.values()) {
      const race = this.races.all[number] as KnownRace;
      race.gone = true;
      if (this.kept) this.overRaces.push(race);
      else this.races.release(race);
    }
  }

  private sweepRace(race: KnownRace): void {
    this.sweep((table) => {
      race.save(table);
      this.races.release(race);
    });
    for (const campaign of new Set([...this.races.uses.campaigns(race.number), ...race.shared.keys()])) {
      this.sweep((table) => table.delete(race.useKey(campaign)));
    }
  }

  /** Forget terminals of which nothing has to be remembered, and what they got of campaigns that are long gone. */
  private sweepTerminals(): void {
    const { campaigns, book, firstDay } = this;
    this.forgetUses((number, used) => {
      const campaign = campaigns[number] as CampaignState;
      return used === 0 || (!campaign.inForce && campaign.leftAt < book.horizon);
    });
    const { terminals, changes } = this;
    terminals.forget((terminal) => {
      const { number, region, lastMark } = terminal;
      const isOver = terminals.uses.sizeOf(number) === 0 && region === null && lastMark < firstDay;
      if (isOver) changes.note(terminal);
      return isOver;
    });
  }

  private forgetUses(isOver: (campaign: number, used: number) => boolean): void {
    const { all, uses } = this.terminals;
    for (const terminal of all) {
      if (terminal === undefined) continue;
      for (const campaign of uses.campaigns(terminal.number)) {
        if (!isOver(campaign, uses.get(terminal.number, campaign))) continue;
        uses.delete(terminal.number, campaign);
        uses.note(terminal, campaign, this.changes);
      }
    }
  }
}

/** The first day of which a bet can be that is not older than a time: local dates are at most 14 hours from those of UTC. */
function firstDayOf(horizon: number): number {
  return Math.floor(horizon / dayLength) - 1;
}
