import { notesOfConversation } from './conversations.ts';
import type { Exchange } from './exchange.ts';
import type { Tote } from './tote.ts';

/** T005 and R005: what time it is. `null` when the catalog has no such types. */
export function clockExchange(tote: Tote): Exchange | null {
  const { random, clock } = tote;
  const request = tote.wire('T005');
  const response = tote.wire('R005');
  if (request === null || response === null) return null;
  const asked = { time: request.at('T005-HEURE-LOCALE'), drift: request.at('T005-DERIVE') };
  const answered = {
    date: response.at('R005-DATE'),
    time: response.at('R005-HEURE'),
    thousandths: response.at('R005-MILLIEMES'),
    day: response.at('R005-JOUR'),
    offset: response.at('R005-DECALAGE'),
  };
  return {
    ask() {
      const drift = random.between(-3000, 3000);
      request.form.values[asked.time] = clock.time(tote.now + drift);
      request.form.values[asked.drift] = drift;
      return request;
    },
    answer() {
      const { values } = response.form;
      values[answered.date] = tote.date;
      values[answered.time] = tote.time;
      values[answered.thousandths] = tote.now % 1000;
      values[answered.day] = clock.dayOfYear(tote.now);
      values[answered.offset] = clock.offset;
      return response;
    },
  };
}

/** T010 and R010: the balance of a counter or of a client's card. `null` when the catalog has no such types. */
export function balanceExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, words } = tote;
  const request = tote.wire('T010', ['T010-CARTE']);
  const response = tote.wire('R010');
  if (request === null || response === null) return null;
  const asked = {
    operator: request.at('T010-OPERATEUR'),
    account: request.at('T010-COMPTE'),
    card: request.at('T010-CARTE'),
  };
  const answered = {
    status: response.at('R010-STATUT'),
    amount: response.at('R010-MONTANT'),
    sales: response.at('R010-VENTES'),
    payments: response.at('R010-PAIEMENTS'),
    tickets: response.at('R010-NB-TICKETS'),
    shown: response.at('R010-AFFICHAGE'),
  };
  const accounts = { counter: words.word('G'), client: words.word('C') };
  return {
    ask(conversation) {
      const { values } = request.form;
      const terminal = talks.terminals[conversation] as number;
      const client = random.below(3) === 0;
      values[asked.operator] = terminals.operators[terminal] as number;
      values[asked.account] = client ? accounts.client : accounts.counter;
      values[asked.card] = client ? 3_000_000_000_000_00 + random.below(4_000_000_000) : -1;
      talks.notes[conversation * notesOfConversation] = client ? 1 : 0;
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const terminal = talks.terminals[conversation] as number;
      const client = talks.notes[conversation * notesOfConversation] === 1;
      const sales = client ? random.below(30_000) : (terminals.sales[terminal] as number);
      const payments = client ? random.below(40_000) : (terminals.paid[terminal] as number);
      const amount = client ? sales - payments : terminals.balance(terminal);
      values[answered.status] = 0;
      values[answered.amount] = amount;
      values[answered.sales] = sales;
      values[answered.payments] = payments;
      values[answered.tickets] = client ? random.below(60) : (terminals.bets[terminal] as number);
      values[answered.shown] = words.once(shownAmount(amount));
      return response;
    },
  };
}

/** An amount as `-(8)9,99` edits it. */
function shownAmount(cents: number): string {
  const size = Math.abs(cents);
  const digits = `${cents < 0 ? '-' : ''}${Math.floor(size / 100)},${String(size % 100).padStart(2, '0')}`;
  return digits.padStart(12);
}

/** T011 and R011: cash comes or goes. `null` when the catalog has no such types. */
export function cashExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, words } = tote;
  const request = tote.wire('T011');
  const response = tote.wire('R011');
  if (request === null || response === null) return null;
  const asked = {
    operator: request.at('T011-OPERATEUR'),
    way: request.at('T011-SENS'),
    amount: request.at('T011-MONTANT'),
  };
  const answered = {
    status: response.at('R011-STATUT'),
    receipt: response.at('R011-PIECE'),
    balance: response.at('R011-SOLDE'),
  };
  const ways = { brought: words.word('V'), taken: words.word('P') };
  return {
    ask(conversation) {
      const { values } = request.form;
      const terminal = talks.terminals[conversation] as number;
      const brought = random.below(3) > 0;
      const amount = random.between(1, 50) * 10_000;
      values[asked.operator] = terminals.operators[terminal] as number;
      values[asked.way] = brought ? ways.brought : ways.taken;
      values[asked.amount] = brought ? amount : -amount;
      talks.notes[conversation * notesOfConversation] = brought ? amount : -amount;
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const terminal = talks.terminals[conversation] as number;
      values[answered.status] = 0;
      values[answered.receipt] = random.below(1_000_000_000);
      values[answered.balance] =
        terminals.balance(terminal) + (talks.notes[conversation * notesOfConversation] as number);
      return response;
    },
  };
}

/** T050 and R050: how a terminal is. Fields that have nothing to say are blank. `null` when the catalog has no such types. */
export function statusExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, tickets, words } = tote;
  const request = tote.wire('T050', ['T050-DERNIER-TICKET']);
  const response = tote.wire('R050');
  if (request === null || response === null) return null;
  const asked = {
    printer: request.at('T050-IMPRIMANTE'),
    paper: request.at('T050-PAPIER'),
    reader: request.at('T050-LECTEUR'),
    screen: request.at('T050-ECRAN'),
    drawer: request.at('T050-CAISSE'),
    bets: request.at('T050-NB-PARIS'),
    payments: request.at('T050-NB-PAIEMENTS'),
    cancellations: request.at('T050-NB-ANNULATIONS'),
    lineErrors: request.at('T050-ERREURS-LIGNE'),
    retries: request.at('T050-REPRISES'),
    responseTime: request.at('T050-TEMPS-REPONSE'),
    temperature: request.at('T050-TEMPERATURE'),
    software: request.at('T050-LOGICIEL'),
    operator: request.at('T050-OPERATEUR'),
    ticket: request.at('T050-DERNIER-TICKET'),
    comment: request.at('T050-COMMENTAIRE'),
  };
  const answered = {
    status: response.at('R050-STATUT'),
    order: response.at('R050-ORDRE'),
    interval: response.at('R050-INTERVALLE'),
  };
  const printers = [words.word('P'), words.word('P'), words.word('P'), words.word('B'), words.word('H')] as const;
  const orders = [0, 0, 0, 0, 0, words.word('R'), words.word('T')] as const;
  const ready = words.word('P');
  const software = words.word('4.12.003');
  const comments = [0, 0, 0, words.word('PAPIER BIENTÔT ÉPUISÉ'), words.word('LECTEUR NETTOYÉ')] as const;
  const maybe = (value: number): number => (random.below(3) === 0 ? Number.NaN : value);
  return {
    ask(conversation) {
      const { values } = request.form;
      const terminal = talks.terminals[conversation] as number;
      const sold = terminals.lastTickets[terminal] as number;
      values[asked.printer] = random.pick(printers);
      values[asked.paper] = random.below(101);
      values[asked.reader] = ready;
      values[asked.screen] = random.below(2) === 0 ? ready : 0;
      values[asked.drawer] = maybe(terminals.balance(terminal) % 1_000_000_000);
      values[asked.bets] = maybe(terminals.bets[terminal] as number);
      values[asked.payments] = maybe(terminals.payments[terminal] as number);
      values[asked.cancellations] = maybe(terminals.cancellations[terminal] as number);
      values[asked.lineErrors] = maybe(random.below(40));
      values[asked.retries] = maybe(random.below(20));
      values[asked.responseTime] = maybe(random.between(20, 900));
      values[asked.temperature] = maybe(random.between(-5, 48));
      values[asked.software] = random.below(4) === 0 ? software : 0;
      values[asked.operator] = maybe(terminals.operators[terminal] as number);
      values[asked.ticket] = sold >= 0 ? (tickets.numbers[sold] as number) : -1;
      values[asked.comment] = random.pick(comments);
      return request;
    },
    answer() {
      const { values } = response.form;
      values[answered.status] = 0;
      values[answered.order] = random.pick(orders);
      values[answered.interval] = random.pick([60, 120, 300]);
      return response;
    },
  };
}

/** T070 and R070: a message and its answer. `null` when the catalog has no such types. */
export function messageExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, words } = tote;
  const request = tote.wire('T070');
  const response = tote.wire('R070');
  if (request === null || response === null) return null;
  const asked = {
    operator: request.at('T070-OPERATEUR'),
    urgency: request.at('T070-URGENCE'),
    text: request.at('T070-TEXTE'),
  };
  const answered = {
    status: response.at('R070-STATUT'),
    service: response.at('R070-SERVICE'),
    text: response.at('R070-TEXTE'),
  };
  const questions = [
    "L'IMPRIMANTE COUPE LES TICKETS TROP COURTS",
    'BESOIN DE MONNAIE AU GUICHET',
    'UN CLIENT CONTESTE LE RAPPORT DU QUINTÉ',
    'LE LECTEUR NE LIT PLUS LES BORDEREAUX      APRÈS NETTOYAGE NON PLUS',
  ].map((text) => words.word(text)) as [number, ...number[]];
  const answers = ['UN TECHNICIEN ARRIVE', 'NOTÉ', 'REDÉMARREZ LE TERMINAL, PUIS RAPPELEZ'].map((text) =>
    words.word(text),
  ) as [number, ...number[]];
  const services = ['DÉPANNAGE', 'CONTRÔLE', 'RÉGIE'].map((text) => words.word(text)) as [number, ...number[]];
  return {
    ask(conversation) {
      const { values } = request.form;
      values[asked.operator] = terminals.operators[talks.terminals[conversation] as number] as number;
      values[asked.urgency] = random.below(4);
      values[asked.text] = random.pick(questions);
      return request;
    },
    answer() {
      const { values } = response.form;
      values[answered.status] = 0;
      values[answered.service] = random.pick(services);
      values[answered.text] = random.pick(answers);
      return response;
    },
  };
}

/** T099 and R099: a terminal could not use a frame. `null` when the catalog has no such types. */
export function errorExchange(tote: Tote): Exchange | null {
  const { random, words } = tote;
  const request = tote.wire('T099');
  const response = tote.wire('R099');
  if (request === null || response === null) return null;
  const asked = {
    code: request.at('T099-CODE'),
    type: request.at('T099-TYPE'),
    transaction: request.at('T099-TRANSACTION'),
    text: request.at('T099-TEXTE'),
    frame: request.at('T099-TRAME'),
  };
  const answered = { status: response.at('R099-STATUT'), incident: response.at('R099-INCIDENT') };
  const types = ['R031', 'R020', 'R021', 'N083'].map((name) => words.word(name)) as [number, ...number[]];
  const texts = ['LONGUEUR IMPOSSIBLE', 'TYPE INCONNU', 'RÉPONSE SANS QUESTION'].map((text) => words.word(text)) as [
    number,
    ...number[],
  ];
  const frames = ['I1R031R 1000100042', 'I1R0?1R', 'I1N083A 0000000917'].map((text) => words.word(text)) as [
    number,
    ...number[],
  ];
  return {
    ask() {
      const { values } = request.form;
      values[asked.code] = random.between(1, 9999);
      values[asked.type] = random.pick(types);
      values[asked.transaction] = random.below(100_000);
      values[asked.text] = random.pick(texts);
      values[asked.frame] = random.pick(frames);
      return request;
    },
    answer() {
      const { values } = response.form;
      values[answered.status] = 0;
      values[answered.incident] = random.below(1_000_000_000);
      return response;
    },
  };
}
