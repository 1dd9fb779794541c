import { checkDigits } from './bet-exchange.ts';
import { notesOfConversation } from './conversations.ts';
import { used, valid, withdrawn } from './coupon-book.ts';
import type { Exchange } from './exchange.ts';
import type { Tote } from './tote.ts';

const campaigns = ['PRINT26', 'QUINTE5', 'BIENVENU', 'TROT10'] as const;
const lines = [
  'VOTRE FIDÉLITÉ EST RÉCOMPENSÉE',
  'COUPON À VALOIR SUR UN PARI',
  'VALABLE DANS TOUS LES POINTS',
  'UN SEUL COUPON PAR TICKET',
  'MERCI ET BONNE CHANCE',
  'À PRÉSENTER AVANT LE PARI',
] as const;

/** T040 and R040: the central system has a coupon printed. `null` when the catalog has no such types. */
export function couponPrintExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, tickets, coupons, words } = tote;
  const request = tote.wire('T040', ['T040-COUPON-NUMERO', 'T040-TICKET']);
  const response = tote.wire('R040', ['R040-COUPON-NUMERO']);
  if (request === null || response === null) return null;
  const asked = {
    number: request.at('T040-COUPON-NUMERO'),
    ticket: request.at('T040-TICKET'),
    campaign: request.at('T040-CAMPAGNE'),
    value: request.at('T040-VALEUR'),
    until: request.at('T040-VALIDITE'),
    lines: request.at('T040-NB-LIGNES'),
    line: request.at('T040-LIGNE'),
  };
  const stride = request.stride('T040-LIGNE');
  const answered = {
    status: response.at('R040-STATUT'),
    number: response.at('R040-COUPON-NUMERO'),
    time: response.at('R040-HEURE'),
  };
  const campaignWords = campaigns.map((name) => words.word(name)) as [number, ...number[]];
  const lineWords = lines.map((text) => words.word(text)) as [number, ...number[]];
  return {
    ask(conversation) {
      const { values } = request.form;
      const terminal = talks.terminals[conversation] as number;
      const sold = terminals.lastTickets[terminal] as number;
      const number = (terminals.numbers[terminal] as number) * 1e7 + coupons.nextSerial;
      const value = random.pick([100, 150, 200, 300, 500, 1000, 2000]);
      coupons.add(number, value, random.below(20) === 0 ? withdrawn : valid);
      const note = conversation * notesOfConversation;
      talks.notes[note] = number;
      values[asked.number] = number;
      values[asked.ticket] = sold >= 0 ? (tickets.numbers[sold] as number) : tote.formerTicket();
      values[asked.campaign] = random.pick(campaignWords);
      values[asked.value] = value;
      values[asked.until] = tote.clock.date(tote.now + random.between(7, 60) * 86_400_000);
      const count = random.below(lines.length + 1);
      values[asked.lines] = count;
      for (let line = 0; line < count; line++) values[asked.line + line * stride] = random.pick(lineWords);
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const draw = random.below(100);
      values[answered.status] = draw < 96 ? 0 : draw < 98 ? 40 : 41;
      values[answered.number] = talks.notes[conversation * notesOfConversation] as number;
      values[answered.time] = tote.time;
      return response;
    },
  };
}

/** T041 and R041: a client presents a coupon. `null` when the catalog has no such types. */
export function couponUseExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, coupons } = tote;
  const request = tote.wire('T041', ['T041-COUPON-NUMERO', 'T041-CONTROLE']);
  const response = tote.wire('R041', ['R041-COUPON-NUMERO']);
  if (request === null || response === null) return null;
  const asked = { number: request.at('T041-COUPON-NUMERO'), check: request.at('T041-CONTROLE') };
  const answered = {
    status: response.at('R041-STATUT'),
    number: response.at('R041-COUPON-NUMERO'),
    value: response.at('R041-VALEUR'),
  };
  return {
    ask(conversation) {
      const { values } = request.form;
      const place = random.below(10) === 0 ? -1 : coupons.draw(random);
      const terminal = terminals.numbers[random.below(terminals.count)] as number;
      const number = place >= 0 ? (coupons.numbers[place] as number) : terminal * 1e7 + random.between(1, 9_999_999);
      const note = conversation * notesOfConversation;
      talks.notes[note] = place;
      talks.notes[note + 1] = number;
      values[asked.number] = number;
      values[asked.check] = checkDigits(number);
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const note = conversation * notesOfConversation;
      const place = talks.notes[note] as number;
      const number = talks.notes[note + 1] as number;
      const known = place >= 0 && coupons.numbers[place] === number;
      const state = known ? (coupons.states[place] as number) : -1;
      const status = state === valid ? 0 : state === withdrawn ? 42 : state === used ? 43 : 44;
      values[answered.status] = status;
      values[answered.number] = number;
      values[answered.value] = status === 0 ? (coupons.values[place] as number) : 0;
      if (status === 0) coupons.states[place] = used;
      return response;
    },
  };
}
