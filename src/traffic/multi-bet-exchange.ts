import { notesOfConversation } from './conversations.ts';
import type { Exchange } from './exchange.ts';
import type { Race } from './programme.ts';
import { unitBets } from './stake.ts';
import type { Tote } from './tote.ts';

const mostRunners = 7; // horses have three bits
const lookAhead = 15; // races
/** Horses of one combination by T032-PARI-CODE: simple gagnant and placé, couplé gagnant, placé and ordre, trio. */
const places = [1, 1, 2, 2, 2, 3] as const;

/** T032 and R032: several bets on a race of few runners, on one ticket. `null` when the catalog has no such types. */
export function multiBetExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, tickets, programme } = tote;
  const request = tote.wire('T032');
  const response = tote.wire('R032', ['R032-TICKET']);
  if (request === null || response === null) return null;
  const asked = {
    date: request.at('T032-DATE'),
    meeting: request.at('T032-REUNION'),
    race: request.at('T032-COURSE'),
    total: request.at('T032-MISE-TOTALE'),
    count: request.at('T032-NB-PARIS'),
    code: request.at('T032-PARI-CODE'),
    horses: request.at('T032-NB-CHEVAUX'),
    unit: request.at('T032-MISE-UNITAIRE'),
    horse: request.at('T032-CHEVAL'),
  };
  const betStride = request.stride('T032-PARI-CODE');
  const horseStride = request.stride('T032-CHEVAL');
  const answered = {
    status: response.at('R032-STATUT'),
    ticket: response.at('R032-TICKET'),
    date: response.at('R032-DATE'),
    time: response.at('R032-HEURE'),
    total: response.at('R032-MISE-TOTALE'),
    refused: response.at('R032-PARI-REFUSE'),
  };

  const raceOfFew = (): Race => {
    const next = programme.nextSerial(tote.now);
    for (let serial = next; serial < next + lookAhead; serial++) {
      const race = programme.race(serial);
      if (race.runners <= mostRunners) return race;
    }
    return programme.race(next);
  };

  return {
    ask(place) {
      const { values } = request.form;
      const race = raceOfFew();
      const runners = Math.min(race.runners, mostRunners);
      const bets = random.between(2, 8);
      let total = 0;
      for (let bet = 0; bet < bets; bet++) {
        const code = random.below(places.length);
        const needed = places[code] ?? 1;
        const horses = Math.min(runners, needed + (random.below(4) === 0 ? random.between(1, 2) : 0));
        const unit = random.pick([100, 150, 150, 200, 300, 500]);
        const base = bet * betStride;
        values[asked.code + base] = code;
        values[asked.horses + base] = horses;
        values[asked.unit + base] = unit;
        const first = random.below(runners);
        for (let index = 0; index < horses; index++) {
          values[asked.horse + base + index * horseStride] = ((first + index) % runners) + 1;
        }
        total += unit * unitBets({ places: needed, bases: 0, associates: horses, allOrders: false });
      }
      values[asked.date] = tote.clock.date(race.off);
      values[asked.meeting] = race.reunion;
      values[asked.race] = race.number;
      values[asked.total] = total;
      values[asked.count] = bets;
      const note = place * notesOfConversation;
      talks.notes[note] = race.serial;
      talks.notes[note + 1] = total;
      talks.notes[note + 2] = bets;
      return request;
    },
    answer(place) {
      const { values } = response.form;
      const note = place * notesOfConversation;
      const race = programme.race(talks.notes[note] as number);
      const total = talks.notes[note + 1] as number;
      const terminal = talks.terminals[place] as number;
      const status = tote.now >= race.off ? 10 : random.below(200) === 0 ? 12 : 0;
      const ticket = status === 0 ? tote.nextTicket(terminal) : -1;
      if (status === 0) {
        terminals.lastTickets[terminal] = tickets.add(ticket, race.serial, total, terminal, tote.now);
        terminals.sales[terminal] = (terminals.sales[terminal] as number) + total;
        terminals.bets[terminal] = (terminals.bets[terminal] as number) + (talks.notes[note + 2] as number);
      }
      values[answered.status] = status;
      values[answered.ticket] = ticket;
      values[answered.date] = tote.date;
      values[answered.time] = tote.time;
      values[answered.total] = status === 0 ? total : 0;
      values[answered.refused] = status === 12 ? random.between(1, talks.notes[note + 2] as number) : 0;
      return response;
    },
  };
}
