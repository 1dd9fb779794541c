import { notesOfConversation } from './conversations.ts';
import type { Exchange } from './exchange.ts';
import { inPlay, paidOut, takenBack, winningTenths } from './ticket-book.ts';
import type { Tote } from './tote.ts';

/** T035 and R035: what has become of a ticket. `null` when the catalog has no such types. */
export function inquiryExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, tickets, programme, words, clock } = tote;
  const request = tote.wire('T035', ['T035-TICKET']);
  const response = tote.wire('R035', ['R035-TICKET']);
  if (request === null || response === null) return null;
  const asked = request.at('T035-TICKET');
  const answered = {
    status: response.at('R035-STATUT'),
    ticket: response.at('R035-TICKET'),
    state: response.at('R035-ETAT'),
    stake: response.at('R035-MISE-TOTALE'),
    gain: response.at('R035-GAIN'),
    count: response.at('R035-NB-MOUVEMENTS'),
    type: response.at('R035-TYPE'),
    terminal: response.at('R035-GUICHET'),
    date: response.at('R035-DATE'),
    time: response.at('R035-HEURE'),
  };
  const stride = response.stride('R035-TYPE');
  const states = { play: words.word('J'), won: words.word('G'), lost: words.word('P'), cancelled: words.word('A') };
  const types = { bet: words.word('T031'), payment: words.word('T033'), cancellation: words.word('T034') };

  const movement = (index: number, type: number, terminal: number, time: number): void => {
    const { values } = response.form;
    const base = index * stride;
    values[answered.type + base] = type;
    values[answered.terminal + base] = terminals.numbers[terminal] as number;
    values[answered.date + base] = clock.date(time);
    values[answered.time + base] = clock.time(time);
  };

  return {
    ask(conversation) {
      const place = tickets.draw(random);
      const ticket = place >= 0 ? (tickets.numbers[place] as number) : tote.formerTicket();
      const note = conversation * notesOfConversation;
      talks.notes[note] = place;
      talks.notes[note + 1] = ticket;
      request.form.values[asked] = ticket;
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const note = conversation * notesOfConversation;
      const place = talks.notes[note] as number;
      const ticket = talks.notes[note + 1] as number;
      const known = place >= 0 && tickets.numbers[place] === ticket;
      values[answered.status] = known ? 0 : 99;
      values[answered.ticket] = ticket;
      values[answered.state] = 0;
      values[answered.stake] = 0;
      values[answered.gain] = 0;
      values[answered.count] = 0;
      if (!known) return response;
      const ended = tickets.states[place] as number;
      const over = programme.race(tickets.races[place] as number).official <= tote.now;
      const tenths = over && ended !== takenBack ? winningTenths(ticket) : 0;
      const stake = tickets.stakes[place] as number;
      values[answered.state] =
        ended === takenBack ? states.cancelled : !over ? states.play : tenths > 0 ? states.won : states.lost;
      values[answered.stake] = stake;
      values[answered.gain] = Math.floor((stake * tenths) / 10);
      values[answered.count] = ended === inPlay ? 1 : 2;
      movement(0, types.bet, tickets.soldBy[place] as number, tickets.soldAt[place] as number);
      if (ended !== inPlay) {
        const type = ended === paidOut ? types.payment : types.cancellation;
        movement(1, type, tickets.endedBy[place] as number, tickets.endedAt[place] as number);
      }
      return response;
    },
  };
}
