import { checkDigits } from './bet-exchange.ts';
import { notesOfConversation } from './conversations.ts';
import type { Exchange } from './exchange.ts';
import { inPlay, paidOut, takenBack, winningTenths } from './ticket-book.ts';
import type { Tote } from './tote.ts';

const attempts = 5; // to find a ticket that has won: most that are presented have
const former = 1; // a ticket from before the traffic, which only the central system knows
const unknown = 2; // one that was never sold
const taxedFrom = 1_500_00; // cents

/** T033 and R033: a ticket is presented for payment. `null` when the catalog has no such types. */
export function paymentExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, tickets, programme, words } = tote;
  const request = tote.wire('T033', ['T033-TICKET', 'T033-CONTROLE']);
  const response = tote.wire('R033', ['R033-TICKET']);
  if (request === null || response === null) return null;
  const asked = {
    ticket: request.at('T033-TICKET'),
    check: request.at('T033-CONTROLE'),
    mode: request.at('T033-MODE'),
    entry: request.at('T033-SAISIE'),
  };
  const answered = {
    status: response.at('R033-STATUT'),
    ticket: response.at('R033-TICKET'),
    amount: response.at('R033-MONTANT'),
    tax: response.at('R033-RETENUE'),
    date: response.at('R033-DATE'),
    time: response.at('R033-HEURE'),
  };
  const modes = [words.word('E'), words.word('E'), words.word('E'), words.word('C'), words.word('Q')] as const;
  const entries = [words.word('L'), words.word('M')] as const;

  /** The place of a winning ticket if one is found soon, else of any, or −1. */
  const present = (): number => {
    let place = -1;
    for (let attempt = 0; attempt < attempts; attempt++) {
      place = tickets.draw(random);
      if (place < 0) return -1;
      const won = winningTenths(tickets.numbers[place] as number) > 0;
      const race = programme.race(tickets.races[place] as number);
      if (won && tickets.states[place] === inPlay && race.official <= tote.now) return place;
    }
    return random.below(6) === 0 ? place : -1;
  };

  return {
    ask(conversation) {
      const { values } = request.form;
      const { notes } = talks;
      const note = conversation * notesOfConversation;
      const place = present();
      const kind = place >= 0 ? 0 : random.below(40) === 0 ? unknown : former;
      const ticket = place >= 0 ? (tickets.numbers[place] as number) : tote.formerTicket();
      notes[note] = kind;
      notes[note + 1] = place;
      notes[note + 2] = ticket;
      values[asked.ticket] = ticket;
      values[asked.check] = checkDigits(ticket);
      values[asked.mode] = random.pick(modes);
      values[asked.entry] = random.below(12) === 0 ? entries[1] : entries[0];
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const { notes } = talks;
      const note = conversation * notesOfConversation;
      const kind = notes[note] as number;
      const place = notes[note + 1] as number;
      const ticket = notes[note + 2] as number;
      let status = kind === unknown ? 99 : 0;
      let amount = 0;
      if (kind === former) {
        status = random.below(25) === 0 ? 20 : random.below(40) === 0 ? 21 : 0;
        if (status === 0) amount = random.between(12, 900) * 10 * (random.below(60) === 0 ? 100 : 1);
      } else if (kind === 0) {
        if (tickets.numbers[place] !== ticket)
          status = 99; // so old that its place was needed meanwhile
        else {
          status = stateOf(place);
          if (status === 0) {
            amount = Math.floor(((tickets.stakes[place] as number) * winningTenths(ticket)) / 10);
            tickets.end(place, paidOut, talks.terminals[conversation] as number, tote.now);
          }
        }
      }
      const tax = amount > taxedFrom ? Math.floor(amount * 0.12) : 0;
      if (status === 0) {
        const terminal = talks.terminals[conversation] as number;
        terminals.payments[terminal] = (terminals.payments[terminal] as number) + 1;
        terminals.paid[terminal] = (terminals.paid[terminal] as number) + amount - tax;
      }
      values[answered.status] = status;
      values[answered.ticket] = ticket;
      values[answered.amount] = amount;
      values[answered.tax] = tax;
      values[answered.date] = tote.date;
      values[answered.time] = tote.time;
      return response;
    },
  };

  function stateOf(place: number): number {
    if (tickets.states[place] === paidOut) return 21;
    if (tickets.states[place] === takenBack) return 99;
    if (programme.race(tickets.races[place] as number).official > tote.now) return 22;
    return winningTenths(tickets.numbers[place] as number) > 0 ? 0 : 20;
  }
}
