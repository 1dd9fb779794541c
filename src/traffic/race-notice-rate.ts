import { type RaceEvent, raceEvents } from './programme.ts';
import { dividends } from './race-exchanges.ts';
import type { Tote } from './tote.ts';

const longest = 6 * 3600; // seconds that are counted: longer traffic is taken to go on like that
const latestNews = 1_200_000; // milliseconds: no scratched horse is told earlier before a race

const types: Readonly<Record<RaceEvent, string>> = {
  scratched: 'N082',
  closed: 'N081',
  started: 'N080',
  enquiry: 'N083',
  official: 'N083',
  dividends: 'N084',
};

/** Notices about races per second, from the start of the traffic to some seconds after it, that the catalog has types for. */
export function raceNoticeRate(tote: Tote, seconds: number): number {
  const counted = Math.min(seconds, longest);
  if (!(counted > 0)) return 0;
  const { programme, catalog } = tote;
  const told = new Set<string>(Object.values(types).filter((type) => catalog.typeNamed(type) !== undefined));
  if (told.size === 0) return 0;
  const from = tote.now;
  const to = from + counted * 1000;
  let count = 0;
  for (let serial = programme.firstSerial; ; serial++) {
    const race = programme.race(serial);
    if (race.off - latestNews >= to) return count / counted;
    for (const [event, time] of raceEvents(race)) {
      if (time < from || time >= to || !told.has(types[event])) continue;
      count += event === 'dividends' ? dividends(race).length : 1;
    }
  }
}
