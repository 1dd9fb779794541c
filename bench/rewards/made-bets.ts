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
  const { types, racecourses, terminals, lowestStake, highestStake } = dimensions;
  const betOf = (index: number): Bet => {
    const meeting = random.below(racecourses);
    return {
      bet: `${terminalName(random.below(terminals))}060${String(index).padStart(7, '0')}`,
      ticket: '',
      terminal: terminalName(random.below(terminals)),
      time: start + Math.floor((index * span) / count),
      type: typeName(random.below(types)),
      formula: 'unit',
      stake: stake ?? lowestStake + random.below(highestStake - lowestStake),
      horses: 1 + random.below(8),
      date: '2026-03-01',
      meeting,
      race: 1 + random.below(8),
      racecourse: racecourseName(meeting),
      region: null,
    };
  };
  for (let first = 0; first < count; first += portion) {
    yield Array.from({ length: Math.min(portion, count - first) }, (_none, at) => betOf(first + at));
  }
}
