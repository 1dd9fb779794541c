import { BetBook, betStates } from './bet-book.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import { CampaignState } from './campaign-state.ts';
import { ChangeList, type SavedRecord } from './change-list.ts';
import { CounterChunk, countersOfChunk } from './counter-chunk.ts';
import { CouponTable } from './coupon-table.ts';
import { DayUse } from './day-use.ts';
import { dateOfDay, dayOfDate } from './local-calendar.ts';
import { KnownRace, RaceUse } from './race-use.ts';
import { noCounts, type RewardCounts } from './reward-counts.ts';
import { keyDay } from './saved-key.ts';
import { Terminal, TerminalUse } from './terminal.ts';
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
  /** By meeting * 1,000 + race. */
  readonly races: Map<number, KnownRace>;
}

const dayLength = 86_400_000; // ms
const sweptAtOnce = 8; // pieces of days that are over: a day with many campaigns and races is no pause
const racesOfMeeting = 1000;
const meetings = 1_000_000;
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
  /** Days before this one are over: nothing of them is asked for any more. */
  firstDay: number = Number.NEGATIVE_INFINITY;
  matcher: CampaignMatcher | null = null;
  text = '';
  /** The states of the campaigns in force, in the order of their set. */
  plans: CampaignState[] = [];
  groups = 0;
  /** By number. */
  readonly campaigns: CampaignState[] = [];
  readonly byId: readonly [Map<string, CampaignState>, Map<string, CampaignState>] = [new Map(), new Map()];
  readonly terminals: Map<string, Terminal> = new Map();
  /** Numbers of terminals: how many there are, and those that are free. */
  terminalNumbers = 0;
  freeTerminals: number[] = [];
  readonly days: Map<number, Day> = new Map();
  private readonly dates: Map<string, Day> = new Map();
  /** The race of the bets that name none; its day is before all others. */
  readonly unknownRace: KnownRace = new KnownRace('unknown', keyDay(0), 0, 0);
  /** Sequence numbers of bets of which more than their line in the book changed, or that left it. */
  changedBets: Set<number> = new Set();
  leftBets: number[] = [];
  private readonly kept: boolean;
  private readonly chunks: CounterChunk[] = [];
  private sweeping: SavedRecord[] = [];
  /** The day that was asked for last by its date. */
  private lastDay: Day | null = null;

  constructor(place: PartitionPlace, kept: boolean) {
    this.partition = place.partition;
    this.partitions = place.partitions;
    this.changes = new ChangeList(kept);
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
    for (let count = 0; count < sweptAtOnce && this.sweeping.length > 0; count++) {
      this.changes.note(this.sweeping.pop() as SavedRecord);
    }
  }

  /** Let what is older than a time be over. */
  expire(horizon: number): void {
    if (horizon <= this.book.horizon) return;
    this.book.horizon = horizon;
    const firstDay = firstDayOf(horizon);
    if (firstDay <= this.firstDay) return;
    this.firstDay = firstDay;
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
    this.matcher = matcher;
    this.text = text;
    const former = this.plans;
    for (const state of former) state.inForce = false;
    const groups = new Map<string, number>();
    const returning = new Set<number>();
    this.plans = matcher.set.campaigns.map((campaign) => this.load(campaign, groups, returning));
    this.groups = groups.size;
    if (returning.size > 0) this.forgetUses(({ campaign }) => returning.has(campaign));
    for (const state of former) {
      if (state.inForce) continue;
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
      state = new CampaignState(number, id, shadow, this.counters(Math.floor(number / countersOfChunk)));
      this.campaigns.push(state);
      states.set(id, state);
      this.changes.note(state);
    }
    return state;
  }

  /** A chunk of the counters of campaigns. */
  counters(number: number): CounterChunk {
    let chunk = this.chunks[number];
    if (chunk === undefined) {
      chunk = new CounterChunk(number);
      this.chunks[number] = chunk;
    }
    return chunk;
  }

  /** What a campaign has given on a day, which must not be over. */
  dayUse(campaign: CampaignState, day: number): DayUse {
    const last = campaign.lastDay;
    if (last !== null && last.day === day) return last;
    let use = campaign.days.find((one) => one.day === day); // as many as are remembered, which are few
    if (use === undefined) {
      use = new DayUse(campaign, day);
      campaign.days.push(use);
      this.day(day).uses.push(use);
    }
    campaign.lastDay = use;
    return use;
  }

  /** What a campaign has given for a race. */
  raceUse(campaign: CampaignState, race: KnownRace): RaceUse {
    let use = race.uses.get(campaign.number);
    if (use === undefined) {
      use = new RaceUse(campaign, race);
      race.uses.add(campaign.number, use);
    }
    return use;
  }

  /**
   * A race of which something is known, or a new one, if it is on a day up to `newUntil`; `null` for what names no race, or one of a day that is over.
   */
  race(date: string, meeting: number, race: number, newUntil: number): KnownRace | null {
    const inRange = meeting >= 0 && meeting < meetings && race >= 0 && race < racesOfMeeting;
    if (!inRange || !Number.isInteger(meeting) || !Number.isInteger(race)) return null;
    const day = this.dayOf(date);
    if (day === null) return null;
    const number = meeting * racesOfMeeting + race;
    let known = day.races.get(number);
    if (known === undefined) {
      if (day.day > newUntil) return null;
      known = new KnownRace(`${date}/${meeting}/${race}`, day.day, meeting, race);
      day.races.set(number, known);
    }
    return known;
  }

  /** The last day of which bets may name races that nobody knows. */
  get lastRaceDay(): number {
    return Math.max(this.largest, this.clock) / dayLength + farthestRace;
  }

  /** Whether a date is one of a day that is over. */
  isOver(date: string): boolean {
    const day = this.lastDay?.date === date ? this.lastDay.day : (this.dates.get(date)?.day ?? dayOfDate(date));
    return day !== null && day < this.firstDay;
  }

  /** A terminal of which something is to be remembered. */
  terminal(name: string): Terminal {
    let terminal = this.terminals.get(name);
    if (terminal === undefined) {
      terminal = new Terminal(this.freeTerminals.pop() ?? this.terminalNumbers++, name);
      this.terminals.set(name, terminal);
      this.changes.note(terminal);
    }
    return terminal;
  }

  /** How many rewards of a campaign are out at a terminal. */
  terminalUse(campaign: CampaignState, terminal: Terminal): TerminalUse {
    let use = terminal.uses.get(campaign.number);
    if (use === undefined) {
      use = new TerminalUse(campaign.number, terminal);
      terminal.uses.add(campaign.number, use);
    }
    return use;
  }

  /** Let a piece that is over be deleted from what is kept, some time. */
  sweep(record: SavedRecord): void {
    if (this.kept) this.sweeping.push(record);
  }

  private load(campaign: Campaign, groups: Map<string, number>, returning: Set<number>): CampaignState {
    const state = this.campaign(campaign.id, campaign.shadow);
    let group = -1;
    if (campaign.group !== null) {
      group = groups.get(campaign.group) ?? groups.size;
      groups.set(campaign.group, group);
    }
    const { leftAt } = state;
    state.load(campaign, this.coupons.pool(campaign.pool), group, this.partition, this.partitions);
    if (leftAt !== Number.POSITIVE_INFINITY) this.changes.note(state);
    if (leftAt < this.book.horizon) returning.add(state.number); // whether or not it was swept already
    return state;
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
  private dayOf(date: string): Day | null {
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
      if (use.campaign.lastDay === use) use.campaign.lastDay = null;
      this.sweep(use);
      for (const chunk of use.marks) if (chunk !== undefined) this.sweep(chunk);
    }
    for (const race of races.values()) {
      race.gone = true;
      this.sweep(race);
      for (const use of race.uses.values()) this.sweep(use);
    }
  }

  /** Forget terminals of which nothing has to be remembered, and what they got of campaigns that are long gone. */
  private sweepTerminals(): void {
    const { campaigns, book, firstDay } = this;
    this.forgetUses((use) => {
      const campaign = campaigns[use.campaign] as CampaignState;
      return use.used === 0 || (!campaign.inForce && campaign.leftAt < book.horizon);
    });
    for (const terminal of this.terminals.values()) {
      if (terminal.uses.size > 0 || terminal.region !== null || terminal.lastMark >= firstDay) continue;
      terminal.gone = true;
      this.terminals.delete(terminal.name);
      this.freeTerminals.push(terminal.number);
      this.changes.note(terminal);
    }
  }

  private forgetUses(isOver: (use: TerminalUse) => boolean): void {
    for (const terminal of this.terminals.values()) {
      for (const use of terminal.uses.values()) {
        if (!isOver(use)) continue;
        terminal.uses.delete(use.campaign);
        this.changes.note(use);
      }
    }
  }
}

/** The first day of which a bet can be that is not older than a time: local dates are at most 14 hours from those of UTC. */
function firstDayOf(horizon: number): number {
  return Math.floor(horizon / dayLength) - 1;
}
