import type { Table } from '../state/environment.ts';
import { Allowance, type AllowanceOwner, plainUse } from './allowance.ts';
import type { CampaignState } from './campaign-state.ts';
import type { CampaignUses, UsesOwner } from './campaign-uses.ts';
import type { SavedRecord } from './change-list.ts';
import { dayKey, jsonBytes, numberedKey, recordKinds, saveUnder } from './saved-key.ts';

/** Where races are that have numbers, and what bets ask of all of them. */
export interface RaceColumns {
  /** When they start; Infinity: nobody knows. */
  readonly starts: Float64Array;
  /** How many rewards of campaigns are out for them. */
  readonly uses: CampaignUses;
}

/** A race of the calendar, or one that bets name. */
export class KnownRace implements SavedRecord, UsesOwner {
  /** Of those that are remembered. */
  readonly number: number;
  /** Days since 1970-01-01. */
  readonly day: number;
  /** `2024-03-31/1/4`, or `unknown`. */
  readonly name: string;
  readonly meeting: number;
  readonly race: number;
  racecourse: string | null = null;
  /** Of what campaigns have given, that which partitions share, by the number of the campaign; a partition alone has none. */
  readonly shared: Map<number, RaceUse> = new Map();
  readonly columns: RaceColumns;
  gone = false;
  changed = false;

  constructor(number: number, name: string, place: readonly [number, number, number], columns: RaceColumns) {
    const [day, meeting, race] = place;
    this.number = number;
    this.name = name;
    this.day = day;
    this.meeting = meeting;
    this.race = race;
    this.columns = columns;
  }

  /** Let be known where it is, and when. */
  learn(racecourse: string | null, start: number | null): void {
    this.racecourse = racecourse;
    this.columns.starts[this.number] = start ?? Number.POSITIVE_INFINITY;
  }

  save(table: Table): void {
    const start = this.columns.starts[this.number] as number;
    const value = this.gone ? null : jsonBytes([this.racecourse, Number.isFinite(start) ? start : null]);
    saveUnder(table, numberedKey(recordKinds.race, dayKey(this.day), this.meeting, this.race), value);
  }

  useKey(campaign: number): Uint8Array {
    return numberedKey(recordKinds.raceUse, dayKey(this.day), this.meeting, this.race, campaign);
  }

  useValue(campaign: number, used: number): Uint8Array | null {
    return this.gone ? null : jsonBytes(this.shared.get(campaign)?.out.save() ?? plainUse(used));
  }
}

/** What a campaign has given for a race, where partitions share it. */
export class RaceUse implements AllowanceOwner {
  readonly campaign: CampaignState;
  readonly race: KnownRace;
  readonly out: Allowance;
  changed = false;

  constructor(campaign: CampaignState, race: KnownRace) {
    this.campaign = campaign;
    this.race = race;
    this.out = new RaceAllowance(this);
  }

  resourceOf(): string {
    return this.campaign.resource('race', this.race.name);
  }

  save(table: Table): void {
    const { campaign, race } = this;
    saveUnder(table, race.useKey(campaign.number), race.useValue(campaign.number, this.out.used));
  }
}

/** Counts where the race does. */
class RaceAllowance extends Allowance {
  private readonly use: RaceUse;

  constructor(use: RaceUse) {
    super(use.campaign.raceLimit, use);
    this.use = use;
  }

  override get used(): number {
    const { race, campaign } = this.use;
    return race.columns.uses.get(race.number, campaign.number);
  }

  override set used(count: number) {
    const { race, campaign } = this.use;
    race.columns.uses.add(race.number, campaign.number, count - this.used);
  }
}
