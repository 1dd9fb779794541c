import { CivilClock } from './civil-clock.ts';
import { mostMeetings, Programme } from './programme.ts';
import { Random } from './random.ts';
import { Terminals } from './terminals.ts';
import { start } from './traffic.ts';

/** What the tables of generated traffic are about: the same as the traffic itself. */
export interface BettingTableOptions {
  /** Default 1. */
  readonly seed?: number | undefined;
  /** Default 3000. */
  readonly terminals?: number | undefined;
  /** Default 5. */
  readonly meetings?: number | undefined;
  /** Simulated time, in milliseconds. */
  readonly duration: number;
}

/** A race, as a calendar has it. */
export interface CalendarRace {
  /** `2026-03-01` */
  readonly date: string;
  readonly meeting: number;
  readonly race: number;
  /** `PARIS-VINCENNES` */
  readonly racecourse: string;
  /** ISO 8601 */
  readonly start: string;
}

/** Coupons of one kind that are to be made. */
export interface CouponBatch {
  readonly pool: string;
  readonly count: number;
  /** Cents. */
  readonly value: number;
  /** ISO 8601; absent: they do not expire. */
  readonly expiry?: string | undefined;
}

/** A coupon, as the table of coupons has it. */
export interface MadeCoupon {
  /** 12 digits. */
  readonly coupon: string;
  readonly pool: string;
  readonly value: number;
  readonly expiry?: string | undefined;
}

const ahead = 3 * 3_600_000; // milliseconds: bets are taken on later races too
const behind = 3_600_000;

/** Regions, by how many points of sale they have. */
const regions: readonly [string, ...string[]] = [
  ...[
    'IDF',
    'IDF',
    'IDF',
    'IDF',
    'ARA',
    'ARA',
    'ARA',
    'PACA',
    'PACA',
    'PACA',
    'HDF',
    'HDF',
    'HDF',
    'OCC',
    'OCC',
    'NAQ',
    'NAQ',
  ],
  ...['GES', 'GES', 'NOR', 'NOR', 'PDL', 'PDL', 'BRE', 'BFC', 'CVL', 'COR'],
] as [string, ...string[]];

/** Give the races that bets of generated traffic can be on. */
export function* raceCalendar(options: BettingTableOptions): Generator<CalendarRace> {
  const clock = new CivilClock();
  const programme = new Programme(options.seed ?? 1, start, options.meetings ?? mostMeetings);
  for (const race of programme.between(start - behind, start + options.duration + ahead)) {
    const digits = String(clock.date(race.off));
    yield {
      date: `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`,
      meeting: race.reunion,
      race: race.number,
      racecourse: race.course.name,
      start: new Date(race.off).toISOString(),
    };
  }
}

/** Give the points of sale of generated traffic with their regions. */
export function* pointsOfSale(
  options: BettingTableOptions,
): Generator<{ readonly terminal: string; readonly region: string }> {
  const { seed = 1, terminals = 3000 } = options;
  const random = new Random(seed, 3);
  for (const number of new Terminals(terminals, new Random(seed, 2)).numbers) {
    yield { terminal: String(number), region: random.pick(regions) };
  }
}

/** Make coupons, each with a number of its own, in an order that a seed decides. */
export function* madeCoupons(batches: readonly CouponBatch[], seed = 1): Generator<MadeCoupon> {
  const random = new Random(seed, 4);
  const left = batches.map(({ count }) => count);
  let all = left.reduce((sum, count) => sum + count, 0);
  for (let serial = 1; all > 0; serial++, all--) {
    let draw = random.below(all);
    const index = left.findIndex((count) => {
      draw -= count;
      return draw < 0;
    });
    const batch = batches[index];
    if (batch === undefined) return;
    left[index] = (left[index] ?? 0) - 1;
    const { pool, value, expiry } = batch;
    yield { coupon: String(7e11 + serial), pool, value, ...(expiry === undefined ? {} : { expiry }) };
  }
}
