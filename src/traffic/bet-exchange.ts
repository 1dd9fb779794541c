import { type BetKind, betKinds } from './bet-kinds.ts';
import { notesOfConversation } from './conversations.ts';
import type { Exchange } from './exchange.ts';
import type { Race } from './programme.ts';
import { choose, unitBets } from './stake.ts';
import type { Tote } from './tote.ts';
import type { WireForm } from './wire-form.ts';

const largestStake = 5_000_00; // cents: what the central system takes in one bet
const formulas = { unit: 0, combined: 1, reduced: 2, total: 3 } as const;

/** What R031 says about a bet. */
const statuses = { accepted: 0, closed: 10, scratched: 11, stake: 12, unknown: 99 } as const;

/** T031 and R031: a bet of any type, and whether it is taken. `null` when the catalog has no such types. */
export function betExchange(tote: Tote): Exchange | null {
  const { random, talks, terminals, tickets, programme } = tote;
  const response = tote.wire('R031', ['R031-TICKET', 'R031-CONTROLE']);
  if (response === null) return null;
  const slips: BetSlip[] = [];
  for (const kind of betKinds) {
    const wire = tote.wire('T031', ['T031-CARTE'], [kind.view]);
    if (wire === null) return null;
    slips.push(betSlip(kind, wire, tote));
  }
  const draw = weighted(betKinds.map(({ share }) => share));
  const answer = {
    status: response.at('R031-STATUT'),
    ticket: response.at('R031-TICKET'),
    date: response.at('R031-DATE'),
    time: response.at('R031-HEURE'),
    stake: response.at('R031-MISE-TOTALE'),
    bets: response.at('R031-COMBINAISONS'),
    check: response.at('R031-CONTROLE'),
  };
  return {
    ask(place) {
      const serial = laterRace(programme.nextSerial(tote.now), random.below(100));
      const race = programme.race(serial);
      let slip = slips[draw[random.below(draw.length)] ?? 0] as BetSlip;
      for (let index = 0; race.runners < slip.kind.runners; index++) slip = slips[index] as BetSlip;
      slip.fill(race, place);
      return slip.wire;
    },
    answer(place) {
      const { values } = response.form;
      const note = place * notesOfConversation;
      const { notes } = talks;
      const race = programme.race(notes[note] as number);
      const stake = notes[note + 1] as number;
      const horses = notes[note + 3] as number;
      let status: number = statuses.accepted;
      if (tote.now >= race.off) status = statuses.closed;
      else if (race.scratched > 0 && tote.now >= race.scratchedAt && (horses & (1 << race.scratched)) !== 0) {
        status = statuses.scratched;
      } else if (stake > largestStake) status = statuses.stake;
      else if (random.below(500) === 0) status = statuses.unknown;
      const taken = status === statuses.accepted;
      const terminal = talks.terminals[place] as number;
      const ticket = taken ? tote.nextTicket(terminal) : -1;
      if (taken) {
        terminals.lastTickets[terminal] = tickets.add(ticket, race.serial, stake, terminal, tote.now);
        terminals.sales[terminal] = (terminals.sales[terminal] as number) + stake;
        terminals.bets[terminal] = (terminals.bets[terminal] as number) + 1;
      }
      values[answer.status] = status;
      values[answer.ticket] = ticket;
      values[answer.date] = tote.date;
      values[answer.time] = tote.time;
      values[answer.stake] = taken ? stake : 0;
      values[answer.bets] = taken ? (notes[note + 2] as number) : 0;
      values[answer.check] = taken ? checkDigits(ticket) : -1;
      return response;
    },
  };
}

/** Four digits that are printed beside a ticket's number. */
export function checkDigits(ticket: number): number {
  return ((ticket % 9973) * 7 + 1234) % 10_000;
}

/** Most bets are on the race that starts next, some on the next ones. */
export function laterRace(next: number, percent: number): number {
  if (percent < 72) return next;
  return next + 1 + Math.floor(((percent - 72) * (percent - 72)) / 60);
}

/** Indices, each as often as its share is. */
function weighted(shares: readonly number[]): readonly number[] {
  return shares.flatMap((share, index) => new Array<number>(Math.round(share / 5)).fill(index));
}

/** A betting slip for one layout of T031. */
interface BetSlip {
  readonly kind: BetKind;
  readonly wire: WireForm;
  fill(race: Race, place: number): void;
}

function betSlip(kind: BetKind, wire: WireForm, tote: Tote): BetSlip {
  const { random, talks } = tote;
  const { prefix } = kind;
  const { values } = wire.form;
  values[wire.at('PARI-TYPE')] = tote.words.word(kind.code);
  const at = {
    date: wire.at('T031-DATE'),
    meeting: wire.at('T031-REUNION'),
    race: wire.at('T031-COURSE'),
    card: wire.at('T031-CARTE'),
    total: wire.at('T031-MISE-TOTALE'),
    runners: wire.at('T031-PARTANTS'),
    bases: wire.at('T031-NB-BASES'),
    associates: wire.at('T031-NB-ASSOCIES'),
    formula: wire.at('T031-FORMULE'),
    unit: wire.at('T031-MISE-UNITAIRE'),
    spot: wire.at('T031-SPOT'),
    orders: kind.orders ? wire.at(`${prefix}-TOUS-ORDRES`) : -1,
    plus: kind.code === 'QI' ? wire.at('QUINTE-NUMERO-PLUS') : -1,
    multi: kind.code === 'MU' ? wire.at('MULTI-N') : -1,
    report: kind.places === 1 ? wire.at('SIMPLE-REPORT') : -1,
    firstBase: kind.bases > 0 ? wire.at(`${prefix}-BASE`) : -1,
    firstHorse: kind.places === 1 ? wire.at('SIMPLE-CHEVAL') : wire.at(`${prefix}-ASSOCIE`),
  };
  const baseStride = kind.bases > 0 ? wire.stride(`${prefix}-BASE`) : 0;
  const horseStride = wire.stride(kind.places === 1 ? 'SIMPLE-CHEVAL' : `${prefix}-ASSOCIE`);
  const mostHorses = wire.form.field(kind.places === 1 ? 'SIMPLE-CHEVAL' : `${prefix}-ASSOCIE`)?.maxima.at(-1) ?? 0;
  /** For each number of runners its horses, in the order of the last bet: as good a start as any to draw from. */
  const orders = Array.from({ length: 33 }, (_, runners) => Uint8Array.from({ length: runners }, (_, at) => at + 1));

  return {
    kind,
    wire,
    fill(race, place) {
      const { runners } = race;
      const places = kind.places === 0 ? random.between(4, 7) : kind.places;
      let formula = drawFormula(random.below(100), kind, places);
      let bases = 0;
      let listed = places;
      let associates = places;
      if (formula === formulas.combined) {
        listed = Math.min(places + 1 + random.below(places === 1 ? 3 : 2), runners, mostHorses);
        associates = listed;
        if (listed === places) formula = formulas.unit;
      } else if (formula !== formulas.unit) {
        bases = random.between(Math.max(1, Math.min(places - 2, kind.bases)), Math.min(kind.bases, places - 1));
        const free = runners - bases;
        listed = formula === formulas.total ? 0 : Math.min(places - bases + 1 + random.below(3), free, mostHorses);
        associates = formula === formulas.total ? free : listed;
      }
      const unit = kind.unit * (random.below(4) === 0 ? random.pick([2, 2, 3, 4, 5, 10]) : 1);
      let allOrders = kind.orders && random.below(12) === 0;
      let count = unitBets({ places, bases, associates, allOrders });
      if (allOrders && count * unit > largestStake) {
        allOrders = false;
        count = choose(associates, places - bases);
      }
      const stake = count * unit;
      const horses = drawHorses(race, bases + listed);

      values[at.date] = tote.clock.date(race.off);
      values[at.meeting] = race.reunion;
      values[at.race] = race.number;
      values[at.card] = random.below(8) === 0 ? random.between(1_000_000_000, 4_000_000_000) : -1;
      values[at.total] = stake;
      values[at.runners] = runners;
      values[at.bases] = bases;
      values[at.associates] = listed;
      values[at.formula] = formula;
      values[at.unit] = unit;
      values[at.spot] = random.below(10) === 0 ? 1 : 0;
      if (at.orders >= 0) values[at.orders] = allOrders ? 1 : 0;
      if (at.plus >= 0) values[at.plus] = random.below(3000);
      if (at.multi >= 0) values[at.multi] = places;
      if (at.report >= 0) values[at.report] = random.below(20) === 0 ? random.between(1, 5) : 0;
      let mask = 0;
      for (let index = 0; index < bases; index++) {
        const horse = horses[index] as number;
        values[at.firstBase + index * baseStride] = horse;
        mask |= 1 << horse;
      }
      for (let index = 0; index < listed; index++) {
        const horse = horses[bases + index] as number;
        values[at.firstHorse + index * horseStride] = horse;
        mask |= 1 << horse;
      }
      const note = place * notesOfConversation;
      const { notes } = talks;
      notes[note] = race.serial;
      notes[note + 1] = stake;
      notes[note + 2] = count;
      notes[note + 3] = mask;
    },
  };

  /** Draw different horses: one by one from those that are left (Fisher and Yates). */
  function drawHorses({ runners }: Race, count: number): Uint8Array {
    const horses = orders[runners] as Uint8Array;
    for (let index = 0; index < count; index++) {
      const other = index + random.below(runners - index);
      const horse = horses[other] as number;
      horses[other] = horses[index] as number;
      horses[index] = horse;
    }
    return horses;
  }
}

function drawFormula(percent: number, { bases }: BetKind, places: number): number {
  if (percent < 70 || places < 1) return formulas.unit;
  if (percent < 88 || bases === 0) return formulas.combined;
  return percent < 95 ? formulas.reduced : formulas.total;
}
