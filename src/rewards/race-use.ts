import { Allowance, type AllowanceOwner } from './allowance.ts';
import type { CampaignState } from './campaign-state.ts';
import { CampaignUses } from './campaign-uses.ts';
import type { SavedRecord } from './change-list.ts';
import { dayKey, jsonBytes, numberedKey, recordKinds } from './saved-key.ts';

/** A race of the calendar, or one that bets name. */
export class KnownRace implements SavedRecord {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** `2024-03-31/1/4`, or `unknown`. */
  readonly name: string;
  readonly meeting: number;
  readonly race: number;
  racecourse: string | null = null;
  start: number = Number.POSITIVE_INFINITY;
  readonly uses: CampaignUses<RaceUse> = new CampaignUses();
  gone = false;
  changed = false;

  constructor(name: string, day: number, meeting: number, race: number) {
    this.name = name;
    this.day = day;
    this.meeting = meeting;
    this.race = race;
  }

  key(): Uint8Array {
    return numberedKey(recordKinds.race, dayKey(this.day), this.meeting, this.race);
  }

  value(): Uint8Array | null {
    const { racecourse, start } = this;
    return this.gone ? null : jsonBytes([racecourse, Number.isFinite(start) ? start : null]);
  }
}

/** What a campaign has given for a race. */
export class RaceUse implements AllowanceOwner {
  readonly campaign: CampaignState;
  readonly race: KnownRace;
  readonly out: Allowance;
  changed = false;

  constructor(campaign: CampaignState, race: KnownRace) {
    this.campaign = campaign;
    this.race = race;
    this.out = new Allowance(campaign.raceLimit, this);
  }

  resourceOf(): string {
    return this.campaign.resource('race', this.race.name);
  }

  key(): Uint8Array {
    const { day, meeting, race } = this.race;
    return numberedKey(recordKinds.raceUse, dayKey(day), meeting, race, this.campaign.number);
  }

  value(): Uint8Array | null {
    return this.race.gone ? null : jsonBytes(this.out.save());
  }
}
