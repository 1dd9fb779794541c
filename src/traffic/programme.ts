import { EventQueue } from './event-queue.ts';
import { horseNames, type Racecourse, racecourses, racePrizes } from './race-names.ts';
import { Random } from './random.ts';

/** Most meetings that go on at the same time: with five, each has a race every half hour. */
export const mostMeetings = 5;
const coursesOfMeeting = 9;
const pace = 360_000; // milliseconds from one race to the next, at another meeting
const earlier = 4; // races of each meeting that were over when the traffic starts
const serialOffset = 1_000_000; // so that serials of earlier races are positive too
const keptRaces = 256;

/** A race. Everything about it, its result too, follows from the seed and its serial. */
export interface Race {
  readonly serial: number;
  readonly course: Racecourse;
  readonly reunion: number;
  readonly number: number;
  /** Start, in milliseconds since 1970. */
  readonly off: number;
  /** When the result is official. */
  readonly official: number;
  /** There was an enquiry, and a first result without warranty. */
  readonly enquiry: boolean;
  readonly runners: number;
  /** Names by number − 1. */
  readonly names: readonly string[];
  /** What one euro on the winner pays, in tenths, by number − 1. */
  readonly odds: readonly number[];
  /** Number of a horse that does not run, 0 when all do, and when that is told. */
  readonly scratched: number;
  readonly scratchedAt: number;
  /** Numbers in the order of arrival, the first seven. */
  readonly arrival: readonly number[];
  readonly prize: string;
  readonly discipline: string;
  readonly distance: number;
  /** Cents that are on it when it starts. */
  readonly pool: number;
}

/** What happens on a racecourse. */
export type RaceEvent = 'scratched' | 'closed' | 'started' | 'enquiry' | 'official' | 'dividends';

const eventKinds: readonly RaceEvent[] = ['scratched', 'closed', 'started', 'enquiry', 'official', 'dividends'];

/** The races of all days: a race starts every six minutes somewhere. */
export class Programme {
  readonly meetings: number;
  readonly #seed: number;
  readonly #firstOff: number;
  readonly #races = new Map<number, Race>();
  readonly #events = new EventQueue();
  #scheduled: number;

  constructor(seed: number, start: number, meetings: number = mostMeetings) {
    this.meetings = meetings;
    this.#seed = seed;
    const random = new Random(seed, 1);
    this.#firstOff = start + random.between(20_000, pace - 20_000);
    this.#scheduled = this.firstSerial - 1;
    this.#schedule(serialOffset + 2 * meetings, start);
  }

  /** Serial of the race that starts next. */
  nextSerial(time: number): number {
    return serialOffset + Math.max(0, Math.ceil((time - this.#firstOff) / pace));
  }

  /** Serial of the earliest race that is still told about: results of races that are over come too. */
  get firstSerial(): number {
    return serialOffset - 2;
  }

  /** Start of the first race after the traffic starts; others follow, and went before, every `pace`. */
  get firstOff(): number {
    return this.#firstOff;
  }

  /** Races that start from one time to another. */
  *between(from: number, to: number): Generator<Race> {
    for (let serial = this.nextSerial(from); ; serial++) {
      const race = this.race(serial);
      if (race.off >= to) return;
      if (race.off >= from) yield race;
    }
  }

  race(serial: number): Race {
    const known = this.#races.get(serial);
    if (known !== undefined) return known;
    const race = this.#make(serial);
    this.#races.set(serial, race);
    if (this.#races.size > keptRaces) {
      const [oldest] = this.#races.keys();
      if (oldest !== undefined) this.#races.delete(oldest);
    }
    return race;
  }

  /** Races of the meeting that a race is part of. */
  meetingOf(serial: number): readonly Race[] {
    const { meetings } = this;
    const place = Math.floor((serial - serialOffset + earlier * meetings) / meetings) % coursesOfMeeting;
    const first = serial - place * meetings;
    return Array.from({ length: coursesOfMeeting }, (_, index) => this.race(first + index * meetings));
  }

  /** When something happens next. */
  get time(): number {
    return this.#events.time;
  }

  take(): { readonly race: Race; readonly event: RaceEvent } {
    const time = this.#events.time;
    const code = this.#events.take();
    const race = this.race(Math.floor(code / eventKinds.length));
    const event = eventKinds[code % eventKinds.length] ?? 'started';
    if (event === 'started') this.#schedule(race.serial + 2 * this.meetings, time);
    return { race, event };
  }

  #schedule(last: number, from: number): void {
    while (this.#scheduled < last) {
      const race = this.race(++this.#scheduled);
      for (const [event, at] of raceEvents(race)) {
        if (at >= from) this.#events.add(at, race.serial * eventKinds.length + eventKinds.indexOf(event));
      }
    }
  }

  #make(serial: number): Race {
    const { meetings } = this;
    const random = new Random(this.#seed, serial);
    const index = serial - serialOffset + earlier * meetings;
    const session = Math.floor(index / meetings / coursesOfMeeting);
    const meeting = ((index % meetings) + meetings) % meetings;
    const place = (((Math.floor(index / meetings) % coursesOfMeeting) + coursesOfMeeting) % coursesOfMeeting) + 1;
    const off = this.#firstOff + (serial - serialOffset) * pace;
    const home = new Random(this.#seed, 10 + session * meetings + meeting).pick(racecourses);
    const small = random.below(6) === 0;
    const runners = small ? random.between(5, 7) : random.between(8, 20);
    const start = random.below(horseNames.length);
    const names = Array.from({ length: runners }, (_, at) => horseNames[(start + at * 7) % horseNames.length] ?? '');
    const odds = names.map(() => 11 + Math.floor((random.below(30) * random.below(30) * random.between(1, 9)) / 10));
    const scratched = !small && random.below(3) === 0 ? random.between(1, runners) : 0;
    const field = names.map((_, at) => at + 1).filter((number) => number !== scratched);
    const arrival: number[] = [];
    while (arrival.length < 7 && field.length > 0) arrival.push(...field.splice(random.below(field.length), 1));
    return {
      serial,
      course: home,
      reunion: ((((session * meetings + meeting) % 95) + 95) % 95) + 1,
      number: place,
      off,
      official: off + random.between(180_000, 300_000),
      enquiry: random.below(5) === 0,
      runners,
      names,
      odds,
      scratched,
      scratchedAt: off - random.between(60_000, 1_200_000),
      arrival,
      prize: random.pick(racePrizes),
      discipline: random.pick(home.disciplines),
      distance: random.between(12, 32) * 100,
      pool: random.between(200_000, 3_000_000) * 100,
    };
  }
}

/** What happens before and after a race, and when. */
export function raceEvents(race: Race): readonly (readonly [event: RaceEvent, time: number])[] {
  const { scratched, scratchedAt, off, enquiry, official } = race;
  return [
    ...(scratched > 0 ? ([['scratched', scratchedAt]] as const) : []),
    ['closed', off],
    ['started', off + 1500],
    ...(enquiry ? ([['enquiry', off + 150_000]] as const) : []),
    ['official', official],
    ['dividends', official + 4000],
  ];
}

/** Cents that are on a race some time before or after its start: most come in the last minutes. */
export function poolAt(race: Race, time: number): number {
  const left = Math.max(0, race.off - time) / 1000;
  return Math.floor((race.pool * 240) / (240 + left));
}
