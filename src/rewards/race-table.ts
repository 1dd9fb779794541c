import { CampaignUses } from './campaign-uses.ts';
import { KnownRace, type RaceColumns } from './race-use.ts';
import { keyDay } from './saved-key.ts';

const firstRaces = 256;

/** The races that are remembered, by number. */
export class RaceTable implements RaceColumns {
  readonly all: (KnownRace | undefined)[] = [];
  readonly #free: number[] = [];
  starts: Float64Array = new Float64Array(firstRaces);
  readonly uses: CampaignUses = new CampaignUses();
  /** The race of the bets that name none; its day is before all others. */
  readonly unknown: KnownRace = this.add('unknown', [keyDay(0), 0, 0]);

  /** Add a race of a day and a meeting, of which nothing is known yet. */
  add(name: string, place: readonly [day: number, meeting: number, race: number]): KnownRace {
    const number = this.#free.pop() ?? this.all.length;
    const race = new KnownRace(number, name, place, this);
    this.all[number] = race;
    if (number >= this.starts.length) {
      const starts = new Float64Array(2 * number);
      starts.set(this.starts);
      this.starts = starts;
    }
    race.learn(null, null);
    return race;
  }

  /** Forget a race that is gone, of which nothing is to be saved any more. */
  release({ number }: KnownRace): void {
    this.all[number] = undefined;
    this.uses.clear(number);
    this.#free.push(number);
  }
}
