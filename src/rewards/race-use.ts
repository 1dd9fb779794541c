import type { Table } from '../state/environment.ts';
import { Allowance, type AllowanceOwner, plainUse } from './allowance.ts';
import type { CampaignState } from './campaign-state.ts';
import { CampaignUses, type UsesOwner } from './campaign-uses.ts';
import type { SavedRecord } from './change-list.ts';
import { dayKey, jsonBytes, numberedKey, recordKinds, saveUnder } from './saved-key.ts';

/** A race of the calendar, or one that bets name. */
export class KnownRace implements SavedRecord, UsesOwner {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** `2024-03-31/1/4`, or `unknown`. */
  readonly name: string;
  readonly meeting: number;
  readonly race: number;
  racecourse: string | null = null;
  start: number = Number.POSITIVE_INFINITY;
  /** How many rewards of campaigns are out for it. */
  readonly uses: CampaignUses = new CampaignUses(this);
  /** Of them, those that partitions share, by the number of the campaign; a partition alone has none. */
  readonly shared: Map<number, RaceUse> = new Map();
  gone = false;
  changed = false;

  constructor(name: string, day: number, meeting: number, race: number) {
    this.name = name;
    this.day = day;
    this.meeting = meeting;
    this.race = race;
  }

  save(table: Table): void {
    const { racecourse, start } = this;
    const value = this.gone ? null : jsonBytes([racecourse, Number.isFinite(start) ? start : null]);
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
    return this.use.race.uses.get(this.use.campaign.number);
  }

  override set used(count: number) {
    this.use.race.uses.add(this.use.campaign.number, count - this.used);
  }
}
