import { notesOfConversation } from './conversations.ts';
import type { Exchange } from './exchange.ts';
import { inPlay, takenBack } from './ticket-book.ts';
import type { Tote } from './tote.ts';

/** Why a ticket is not taken back, as R034 says it. */
const reasons: ReadonlyMap<number, string> = new Map([
  [0, ''],
  [30, 'COURSE PARTIE'],
  [31, 'TICKET DÉJÀ ANNULÉ'],
  [32, 'DÉLAI DÉPASSÉ'],
  [99, 'TICKET INCONNU'],
]);

/** T034 and R034: a ticket is given back. `null` when the catalog has no such types. */
export function cancelExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, tickets, programme, words } = tote;
  const request = tote.wire('T034', ['T034-TICKET']);
  const response = tote.wire('R034', ['R034-TICKET']);
  if (request === null || response === null) return null;
  const asked = {
    ticket: request.at('T034-TICKET'),
    reason: request.at('T034-MOTIF'),
    operator: request.at('T034-OPERATEUR'),
  };
  const answered = {
    status: response.at('R034-STATUT'),
    ticket: response.at('R034-TICKET'),
    amount: response.at('R034-MONTANT'),
    date: response.at('R034-DATE'),
    time: response.at('R034-HEURE'),
    reason: response.at('R034-MOTIF'),
  };
  const motives = [words.word('E'), words.word('C'), words.word('C'), words.word('I')] as const;
  const texts = new Map([...reasons].map(([status, text]) => [status, words.word(text)]));

  /** Most give back what they bought last; some a bet of long ago; a few what was never sold. −1 for what is not in the book. */
  const present = (terminal: number): number => {
    const draw = random.below(100);
    if (draw < 62) return terminals.lastTickets[terminal] as number;
    if (draw < 82) return tickets.drawOld(random);
    return draw < 92 ? tickets.draw(random) : -1;
  };

  return {
    ask(conversation) {
      const { values } = request.form;
      const terminal = talks.terminals[conversation] as number;
      const place = present(terminal);
      const ticket = place >= 0 ? (tickets.numbers[place] as number) : tote.formerTicket();
      const note = conversation * notesOfConversation;
      talks.notes[note] = place;
      talks.notes[note + 1] = ticket;
      values[asked.ticket] = ticket;
      values[asked.reason] = random.pick(motives);
      values[asked.operator] = terminals.operators[terminal] as number;
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const note = conversation * notesOfConversation;
      const place = talks.notes[note] as number;
      const ticket = talks.notes[note + 1] as number;
      const known = place >= 0 && tickets.numbers[place] === ticket;
      // A ticket that is not in the book is one of days before, or none at all.
      const status = known ? stateOf(place) : random.below(2) === 0 ? 32 : 99;
      let amount = 0;
      if (known && status === 0) {
        const terminal = talks.terminals[conversation] as number;
        amount = tickets.stakes[place] as number;
        tickets.end(place, takenBack, terminal, tote.now);
        terminals.cancellations[terminal] = (terminals.cancellations[terminal] as number) + 1;
        terminals.cancelled[terminal] = (terminals.cancelled[terminal] as number) + amount;
      }
      values[answered.status] = status;
      values[answered.ticket] = ticket;
      values[answered.amount] = amount === 0 ? 0 : -amount;
      values[answered.date] = tote.date;
      values[answered.time] = tote.time;
      values[answered.reason] = texts.get(status) ?? 0;
      return response;
    },
  };

  function stateOf(place: number): number {
    if (tickets.states[place] === takenBack) return 31;
    if (tickets.states[place] !== inPlay) return 99;
    if (programme.race(tickets.races[place] as number).off <= tote.now) return 30;
    return random.below(60) === 0 ? 32 : 0;
  }
}
