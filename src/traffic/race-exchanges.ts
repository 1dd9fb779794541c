import { laterRace } from './bet-exchange.ts';
import { betKinds } from './bet-kinds.ts';
import { notesOfConversation } from './conversations.ts';
import type { Exchange } from './exchange.ts';
import { poolAt, type Race } from './programme.ts';
import type { Tote } from './tote.ts';

const recalculation = 30_000; // milliseconds between two calculations of what many ask for: race lists and odds

/** T020 and R020: the races of the day. `null` when the catalog has no such types. */
export function raceListExchange(tote: Tote): Exchange | null {
  const { random, talks, programme, words } = tote;
  const request = tote.wire('T020');
  const response = tote.wire('R020');
  if (request === null || response === null) return null;
  const asked = { date: request.at('T020-DATE'), meeting: request.at('T020-REUNION') };
  const answered = {
    date: response.at('R020-DATE'),
    meetings: response.at('R020-NB-REUNIONS'),
    number: response.at('REUNION-NUMERO'),
    course: response.at('REUNION-HIPPODROME'),
    code: response.at('REUNION-CODE'),
    races: response.at('REUNION-NB-COURSES'),
    race: response.at('COURSE-NUMERO'),
    time: response.at('COURSE-HEURE'),
    prize: response.at('COURSE-PRIX'),
    discipline: response.at('COURSE-DISCIPLINE'),
    distance: response.at('COURSE-DISTANCE'),
    runners: response.at('COURSE-PARTANTS'),
    status: response.at('COURSE-STATUT'),
  };
  const stride = response.stride('REUNION-NUMERO');
  const raceStride = response.stride('COURSE-NUMERO');
  const statuses = { open: words.word('O'), off: words.word('D'), closed: words.word('F') };
  const { values } = response.form;

  const putRace = (race: Race, base: number, now: number): void => {
    values[answered.race + base] = race.number;
    values[answered.time + base] = Math.floor(tote.clock.time(race.off) / 100);
    values[answered.prize + base] = words.word(race.prize);
    values[answered.discipline + base] = words.word(race.discipline);
    values[answered.distance + base] = race.distance;
    values[answered.runners + base] = race.runners;
    values[answered.status + base] =
      now < race.off ? statuses.open : now < race.official ? statuses.off : statuses.closed;
  };

  return {
    ask(conversation) {
      const all = random.below(3) > 0;
      const serial = programme.nextSerial(tote.now) + random.below(programme.meetings);
      request.form.values[asked.date] = tote.date;
      request.form.values[asked.meeting] = all ? 0 : programme.race(serial).reunion;
      const note = conversation * notesOfConversation;
      talks.notes[note] = serial;
      talks.notes[note + 1] = all ? programme.meetings : 1;
      return request;
    },
    answer(conversation) {
      const note = conversation * notesOfConversation;
      const first = talks.notes[note] as number;
      const count = talks.notes[note + 1] as number;
      const round = Math.floor(tote.now / recalculation);
      const number = (round * 1000 + (first % 1000)) * 10 + count;
      if (response.nextBody(number) && !tote.truth) return response;
      values[answered.date] = tote.date;
      values[answered.meetings] = count;
      for (let index = 0; index < count; index++) {
        const races = programme.meetingOf(first + index);
        const base = index * stride;
        const [race] = races;
        if (race === undefined) continue;
        values[answered.number + base] = race.reunion;
        values[answered.course + base] = words.word(race.course.name);
        values[answered.code + base] = words.word(race.course.code);
        values[answered.races + base] = races.length;
        for (const [at, one] of races.entries()) putRace(one, base + at * raceStride, round * recalculation);
      }
      return response;
    },
  };
}

/** T021 and R021: what a race may pay. `null` when the catalog has no such types. */
export function oddsExchange(tote: Tote): Exchange | null {
  const { random, talks, programme, words } = tote;
  const request = tote.wire('T021');
  const response = tote.wire('R021');
  if (request === null || response === null) return null;
  const asked = {
    meeting: request.at('T021-REUNION'),
    race: request.at('T021-COURSE'),
    type: request.at('T021-PARI-TYPE'),
  };
  const answered = {
    meeting: response.at('R021-REUNION'),
    race: response.at('R021-COURSE'),
    type: response.at('R021-PARI-TYPE'),
    time: response.at('R021-HEURE'),
    pool: response.at('R021-ENJEUX'),
    horses: response.at('R021-NB-CHEVAUX'),
    number: response.at('R021-NUMERO'),
    name: response.at('R021-NOM'),
    odds: response.at('R021-RAPPORT'),
    trend: response.at('R021-TENDANCE'),
  };
  const stride = response.stride('R021-NUMERO');
  const types = ['SG', 'SG', 'SG', 'SP', 'CG'].map((code) => words.word(code)) as [number, ...number[]];
  const trends = [words.word(''), words.word('+'), words.word('-')] as const;
  return {
    ask(conversation) {
      const { values } = request.form;
      const serial = laterRace(programme.nextSerial(tote.now), random.below(100));
      const race = programme.race(serial);
      const type = random.pick(types);
      values[asked.meeting] = race.reunion;
      values[asked.race] = race.number;
      values[asked.type] = type;
      const note = conversation * notesOfConversation;
      talks.notes[note] = serial;
      talks.notes[note + 1] = type;
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const note = conversation * notesOfConversation;
      const race = programme.race(talks.notes[note] as number);
      const round = Math.floor(tote.now / recalculation);
      const type = talks.notes[note + 1] as number;
      // Until the next calculation the same answer goes to all who ask, as from a cache.
      const number = (round * 1000 + (type % 1000)) * 1000 + (race.serial % 1000);
      const gone = race.scratched > 0 && tote.now >= race.scratchedAt;
      if (response.nextBody(2 * number + (gone ? 1 : 0)) && !tote.truth) return response;
      values[answered.meeting] = race.reunion;
      values[answered.race] = race.number;
      values[answered.type] = type;
      values[answered.time] = tote.clock.time(round * recalculation);
      values[answered.pool] = poolAt(race, round * recalculation);
      values[answered.horses] = race.runners;
      for (let index = 0; index < race.runners; index++) {
        const base = index * stride;
        const move = (Math.imul(race.serial * 31 + index, round) >>> 8) % 21; // so odds stand still between calculations
        values[answered.number + base] = index + 1;
        values[answered.name + base] = words.word(race.names[index] ?? '');
        values[answered.odds + base] =
          gone && race.scratched === index + 1 ? 0 : Math.floor(((race.odds[index] ?? 0) * (90 + move)) / 100);
        values[answered.trend + base] = trends[move < 6 ? 2 : move > 14 ? 1 : 0];
      }
      return response;
    },
  };
}

/** T022 and R022: how a race ended. `null` when the catalog has no such types. */
export function resultsExchange(tote: Tote): Exchange | null {
  const { random, talks, programme } = tote;
  const request = tote.wire('T022');
  const response = tote.wire('R022', [], []);
  if (request === null || response === null) return null;
  const asked = {
    date: request.at('T022-DATE'),
    meeting: request.at('T022-REUNION'),
    race: request.at('T022-COURSE'),
  };
  const answered = {
    status: response.at('R022-STATUT'),
    meeting: response.at('R022-REUNION'),
    race: response.at('R022-COURSE'),
    arrivals: response.at('R022-NB-ARRIVES'),
    arrival: response.at('R022-ARRIVE'),
    dividends: response.at('R022-NB-RAPPORTS'),
    type: response.at('R022-PARI-TYPE'),
    combination: response.at('R022-COMBINAISON'),
    amount: response.at('R022-MONTANT'),
  };
  const arrivalStride = response.stride('R022-ARRIVE');
  const stride = response.stride('R022-PARI-TYPE');
  return {
    ask(conversation) {
      const { values } = request.form;
      const back = random.below(20) === 0 ? 0 : random.between(1, 2 * programme.meetings);
      const serial = programme.nextSerial(tote.now) - back;
      const race = programme.race(serial);
      values[asked.date] = tote.clock.date(race.off);
      values[asked.meeting] = race.reunion;
      values[asked.race] = race.number;
      talks.notes[conversation * notesOfConversation] = serial;
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const race = programme.race(talks.notes[conversation * notesOfConversation] as number);
      const first = race.enquiry && tote.now >= race.off + 150_000;
      const status = tote.now >= race.official ? 0 : first ? 1 : 2;
      if (response.nextBody(4 * race.serial + status) && !tote.truth) return response;
      const list = status === 2 ? [] : race.arrival;
      const paid = status === 0 ? dividends(race) : [];
      values[answered.status] = status;
      values[answered.meeting] = race.reunion;
      values[answered.race] = race.number;
      values[answered.arrivals] = list.length;
      for (const [index, horse] of list.entries()) values[answered.arrival + index * arrivalStride] = horse;
      values[answered.dividends] = paid.length;
      for (const [index, { type, combination, amount }] of paid.entries()) {
        const base = index * stride;
        values[answered.type + base] = tote.words.word(type);
        values[answered.combination + base] = tote.words.once(combination);
        values[answered.amount + base] = amount;
      }
      return response;
    },
  };
}

/** What a bet type pays for a unit of one euro. */
export interface Dividend {
  readonly type: string;
  /** Horses of the winning combination, `03-11-07`. */
  readonly combination: string;
  /** Cents. */
  readonly amount: number;
  readonly winners: number;
}

const known = new WeakMap<Race, readonly Dividend[]>();

/** The final dividends of a race, from its odds. */
export function dividends(race: Race): readonly Dividend[] {
  let found = known.get(race);
  if (found === undefined) {
    found = calculated(race);
    known.set(race, found);
  }
  return found;
}

function calculated(race: Race): readonly Dividend[] {
  return betKinds
    .filter(({ code, runners }) => runners <= race.runners && code !== 'MU')
    .map(({ code, places }) => {
      const horses = race.arrival.slice(0, places);
      const odds = horses.map((horse) => (race.odds[horse - 1] ?? 11) / 10);
      // Amounts of field size: the product of the odds of five outsiders is beyond it.
      const product = odds.reduce((all, one) => Math.min(all * one, 50_000), 1);
      return {
        type: code,
        combination: horses.map((horse) => String(horse).padStart(2, '0')).join('-'),
        amount: Math.max(110, Math.floor(product * 10) * 10),
        winners: Math.floor(race.pool / 100 / product / betKinds.length),
      };
    });
}
