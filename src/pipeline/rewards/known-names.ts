import type { Catalog } from '../../frames/catalog/catalog.ts';
import { listedValues } from '../../frames/catalog/listed-values.ts';
import type { KnownNames } from '../../rewards/check-names.ts';
import { readPointOfSale, readRace } from './reference-lines.ts';
import type { RewardsSettings } from './rewards-settings.ts';
import { eventsOf } from './rewards-stage.ts';

/** Collects what a pipeline knows of the names that campaigns ask for: from its catalog, its races and its points of sale. */
export class NameCollector {
  readonly #catalog: Catalog;
  readonly #settings: RewardsSettings;
  readonly #racecourses = new Set<string>();
  readonly #regions = new Set<string>();
  readonly #terminals = new Set<string>();

  constructor(catalog: Catalog, settings: RewardsSettings) {
    this.#catalog = catalog;
    this.#settings = settings;
  }

  /** Take a line of the calendar of races. Throws REWARD_ENTRY. */
  race(line: Uint8Array): void {
    const { racecourse } = readRace(line);
    if (racecourse !== null) this.#racecourses.add(racecourse);
  }

  /** Take a line of the points of sale. Throws REWARD_ENTRY. */
  pointOfSale(line: Uint8Array): void {
    const { terminal, region } = readPointOfSale(line);
    this.#terminals.add(terminal);
    this.#regions.add(region);
  }

  /** The names; what nobody lists is absent. Throws what the catalog's copybooks throw. */
  names(): KnownNames {
    const { bets } = eventsOf(this.#settings);
    const { races, pointsOfSale, formulas = {} } = this.#settings;
    const listed = (member: string): readonly string[] | undefined =>
      listedValues(this.#catalog, bets, member) ?? undefined;
    // Bets that say it themselves need no calendar and no list.
    const says = (member: string): boolean =>
      this.#catalog.types.some(({ events }) => events.some(({ event, fields }) => event === bets && member in fields));
    return {
      types: listed('type'),
      formulas: listed('formula')?.map((value) =>
        Object.hasOwn(formulas, value) ? (formulas[value] ?? value) : value,
      ),
      racecourses: says('racecourse') ? listed('racecourse') : races === undefined ? undefined : [...this.#racecourses],
      regions: says('region') ? listed('region') : pointsOfSale === undefined ? undefined : [...this.#regions],
      terminals: pointsOfSale === undefined ? undefined : this.#terminals,
    };
  }
}
