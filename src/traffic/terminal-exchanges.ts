import { betKinds } from './bet-kinds.ts';
import { notesOfConversation } from './conversations.ts';
import type { Exchange } from './exchange.ts';
import { racecourses } from './race-names.ts';
import { closed, manned, opened } from './terminals.ts';
import type { Tote } from './tote.ts';

/** T001 and R001: a terminal starts. `null` when the catalog has no such types. */
export function startExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, words } = tote;
  const request = tote.wire('T001', ['T001-SERIE']);
  const response = tote.wire('R001');
  if (request === null || response === null) return null;
  const asked = {
    date: request.at('T001-DATE'),
    course: request.at('T001-HIPPODROME'),
    counter: request.at('T001-GUICHET'),
    software: request.at('T001-LOGICIEL'),
    serial: request.at('T001-SERIE'),
    operator: request.at('T001-OPERATEUR'),
    printer: request.at('T001-IMPRIMANTE'),
    reader: request.at('T001-LECTEUR'),
    screen: request.at('T001-ECRAN-CLIENT'),
    coins: request.at('T001-MONNAYEUR'),
    line: request.at('T001-LIGNE'),
    float: request.at('T001-FONDS-CAISSE'),
  };
  const answered = {
    status: response.at('R001-STATUT'),
    session: response.at('R001-SESSION'),
    date: response.at('R001-DATE'),
    time: response.at('R001-HEURE'),
    ticket: response.at('R001-PREMIER-TICKET'),
    least: response.at('R001-MISE-MINIMUM'),
    most: response.at('R001-MISE-MAXIMUM'),
    bets: response.at('R001-NB-PARIS'),
    type: response.at('R001-PARI-TYPE'),
    open: response.at('R001-PARI-OUVERT'),
    welcome: response.at('R001-ACCUEIL'),
  };
  const stride = response.stride('R001-PARI-TYPE');
  const courses = racecourses.map(({ code }) => words.word(code)) as [number, ...number[]];
  const versions = [words.word('4.12.003'), words.word('4.12.003'), words.word('4.11.870')] as const;
  const welcomes = [words.word('BIENVENUE SUR LE RÉSEAU DES PARIS'), words.word('BONNES COURSES À TOUS')] as const;
  const types = betKinds.map(({ code }) => words.word(code));
  const [yes, no] = [words.word('O'), words.word('N')];
  return {
    ask(conversation) {
      const { values } = request.form;
      const terminal = talks.terminals[conversation] as number;
      const float = random.between(1, 20) * 10_000;
      terminals.open(terminal, float);
      values[asked.date] = tote.date;
      values[asked.course] = random.pick(courses);
      values[asked.counter] = terminal % 1000;
      values[asked.software] = random.pick(versions);
      values[asked.serial] = 100_000_000_000 + (terminals.numbers[terminal] as number) * 7;
      values[asked.operator] = Number.NaN; // blank: no one has logged in yet
      values[asked.printer] = random.below(40) === 0 ? 0 : 1;
      values[asked.reader] = 1;
      values[asked.screen] = terminal % 3 === 0 ? 1 : 0;
      values[asked.coins] = terminal % 7 === 0 ? 1 : 0;
      values[asked.line] = terminal % 16;
      values[asked.float] = float;
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const terminal = talks.terminals[conversation] as number;
      const refused = random.below(50) === 0;
      if (refused) terminals.states[terminal] = closed;
      values[answered.status] = refused ? random.between(1, 9) : 0;
      values[answered.session] = random.between(1, 999_999_999);
      values[answered.date] = tote.date;
      values[answered.time] = tote.time;
      values[answered.ticket] = ((terminals.serials[terminal] as number) % 999_999) + 1;
      values[answered.least] = 100;
      values[answered.most] = 500_000;
      values[answered.bets] = refused ? 0 : types.length;
      for (const [index, type] of types.entries()) {
        values[answered.type + index * stride] = type;
        values[answered.open + index * stride] = random.below(20) === 0 ? no : yes;
      }
      values[answered.welcome] = refused ? 0 : random.pick(welcomes);
      return response;
    },
  };
}

/** T002 and R002: a terminal closes. `null` when the catalog has no such types. */
export function closeExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals } = tote;
  const request = tote.wire('T002');
  const response = tote.wire('R002');
  if (request === null || response === null) return null;
  const asked = {
    operator: request.at('T002-OPERATEUR'),
    bets: request.at('T002-NB-PARIS'),
    sales: request.at('T002-TOTAL-VENTES'),
    cancellations: request.at('T002-NB-ANNULATIONS'),
    cancelled: request.at('T002-TOTAL-ANNULATIONS'),
    payments: request.at('T002-NB-PAIEMENTS'),
    paid: request.at('T002-TOTAL-PAIEMENTS'),
    balance: request.at('T002-SOLDE'),
  };
  const answered = {
    status: response.at('R002-STATUT'),
    balance: response.at('R002-SOLDE'),
    difference: response.at('R002-ECART'),
    time: response.at('R002-HEURE'),
  };
  return {
    ask(conversation) {
      const { values } = request.form;
      const terminal = talks.terminals[conversation] as number;
      const balance = terminals.balance(terminal);
      terminals.states[terminal] = closed;
      values[asked.operator] = terminals.operators[terminal] as number;
      values[asked.bets] = terminals.bets[terminal] as number;
      values[asked.sales] = terminals.sales[terminal] as number;
      values[asked.cancellations] = terminals.cancellations[terminal] as number;
      values[asked.cancelled] = terminals.cancelled[terminal] as number;
      values[asked.payments] = terminals.payments[terminal] as number;
      values[asked.paid] = terminals.paid[terminal] as number;
      values[asked.balance] = balance;
      talks.notes[conversation * notesOfConversation] = balance;
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const difference = random.below(15) === 0 ? random.between(-5000, 5000) : 0;
      const balance = talks.notes[conversation * notesOfConversation] as number;
      values[answered.status] = difference === 0 ? 0 : 1;
      values[answered.balance] = balance + difference;
      values[answered.difference] = difference;
      values[answered.time] = tote.time;
      return response;
    },
  };
}

/** T060 and R060: an operator logs in. `null` when the catalog has no such types. */
export function loginExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, words } = tote;
  const request = tote.wire('T060', ['T060-CODE']);
  const response = tote.wire('R060');
  if (request === null || response === null) return null;
  const asked = {
    operator: request.at('T060-OPERATEUR'),
    code: request.at('T060-CODE'),
    badge: request.at('T060-BADGE'),
  };
  const answered = {
    status: response.at('R060-STATUT'),
    name: response.at('R060-NOM'),
    first: response.at('R060-PRENOM'),
    sell: response.at('R060-VENDRE'),
    pay: response.at('R060-PAYER'),
    cancel: response.at('R060-ANNULER'),
    drawer: response.at('R060-CAISSE'),
    level: response.at('R060-NIVEAU'),
    limit: response.at('R060-PLAFOND'),
  };
  const names = ['LEFÈVRE', 'MARTIN', 'GARÇON', 'DUPRÉ', 'MOREAU', 'NOËL', 'FAURE', 'BENOÎT'].map((name) =>
    words.word(name),
  ) as [number, ...number[]];
  const firsts = ['ANNE', 'HÉLÈNE', 'JOSÉ', 'PAUL', 'ZOÉ', 'LUC', 'FRANÇOIS'].map((name) => words.word(name)) as [
    number,
    ...number[],
  ];
  return {
    ask(conversation) {
      const { values } = request.form;
      const terminal = talks.terminals[conversation] as number;
      const operator = random.between(1, 999_999);
      terminals.operators[terminal] = operator;
      terminals.states[terminal] = manned;
      values[asked.operator] = operator;
      values[asked.code] = random.below(100_000_000);
      values[asked.badge] = 5_000_000_000 + operator * 11;
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      const draw = random.below(100);
      const status = draw < 96 ? 0 : draw < 99 ? 60 : 61;
      if (status !== 0) terminals.states[talks.terminals[conversation] as number] = opened;
      const level = status === 0 ? random.between(1, 5) : 0;
      values[answered.status] = status;
      values[answered.name] = status === 0 ? random.pick(names) : 0;
      values[answered.first] = status === 0 ? random.pick(firsts) : 0;
      values[answered.sell] = level > 0 ? 1 : 0;
      values[answered.pay] = level > 1 ? 1 : 0;
      values[answered.cancel] = level > 2 ? 1 : 0;
      values[answered.drawer] = level > 3 ? 1 : 0;
      values[answered.level] = level;
      values[answered.limit] = level * 150_000;
      return response;
    },
  };
}

/** T061 and R061: an operator logs out. `null` when the catalog has no such types. */
export function logoutExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, words } = tote;
  const request = tote.wire('T061');
  const response = tote.wire('R061');
  if (request === null || response === null) return null;
  const asked = { operator: request.at('T061-OPERATEUR'), reason: request.at('T061-MOTIF') };
  const answered = {
    status: response.at('R061-STATUT'),
    duration: response.at('R061-DUREE'),
    sales: response.at('R061-VENTES'),
  };
  const reasons = [words.word('F'), words.word('P'), words.word('R')] as const;
  return {
    ask(conversation) {
      const terminal = talks.terminals[conversation] as number;
      terminals.states[terminal] = opened;
      request.form.values[asked.operator] = terminals.operators[terminal] as number;
      request.form.values[asked.reason] = random.pick(reasons);
      return request;
    },
    answer(conversation) {
      const { values } = response.form;
      values[answered.status] = 0;
      values[answered.duration] = random.between(600, 28_000);
      values[answered.sales] = terminals.sales[talks.terminals[conversation] as number] as number;
      return response;
    },
  };
}
