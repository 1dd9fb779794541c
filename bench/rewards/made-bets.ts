import type { Bet } from 'overpunch/rewards';
import { dimensions, racecourseName, terminalName, typeName } from './campaign-file.ts';
import { WorkloadRandom } from './workload-random.ts';

const start = Date.UTC(2026, 2, 1, 11);
const span = 8 * 3_600_000; // ms: the bets of an afternoon
const portion = 1000;

/** Make bets of all types, racecourses and points of sale, one after the other in time; `stake`: cents of all of them, at random without it. */
export function madeBets(count: number, stake?: number): readonly Bet[] {
  return [...betsInPortions(count, stake)].flat();
}

/** Make the same 1,000 at a time, each portion when it is asked for. */
export function* betsInPortions(count: number, stake?: number): Generator<readonly Bet[]> {
  const random = new WorkloadRandom(4711);
  for (let first = 0; first < count; first += portion) {
    const length = Math.min(portion, count - first);
    yield Array.from({ length }, (_none, at) => new MadeBet(first + at, count, random, stake));
  }
}

/** One of so many bets. It has a constructor for the reason that a `BetEntry` has one. */
class MadeBet implements Bet {
  readonly bet: string;
  readonly ticket = '';
  readonly terminal: string;
  readonly time: number;
  readonly type: string;
  readonly formula = 'unit';
  readonly stake: number;
  readonly horses: number;
  readonly date = '2026-03-01';
  readonly meeting: number;
  readonly race: number;
  readonly racecourse: string;
  readonly region: null = null;

  constructor(index: number, count: number, random: WorkloadRandom, stake?: number) {
    const { types, racecourses, terminals, lowestStake, highestStake } = dimensions;
    this.meeting = random.below(racecourses);
    this.bet = `${terminalName(random.below(terminals))}060${String(index).padStart(7, '0')}`;
    this.terminal = terminalName(random.below(terminals));
    this.time = start + Math.floor((index * span) / count);
    this.type = typeName(random.below(types));
    this.stake = stake ?? lowestStake + random.below(highestStake - lowestStake);
    this.horses = 1 + random.below(8);
    this.race = 1 + random.below(8);
    this.racecourse = racecourseName(this.meeting);
  }
}
