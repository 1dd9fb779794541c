import type { Race, RaceEvent } from './programme.ts';
import { poolAt } from './programme.ts';
import { dividends } from './race-exchanges.ts';
import type { Tote } from './tote.ts';
import type { WireForm } from './wire-form.ts';

/** Sends a filled-in form. */
export type Send = (wire: WireForm) => void;

/** What the central system tells all terminals. Types that the catalog does not have are not sent. */
export interface Notices {
  /** About a race. */
  race(race: Race, event: RaceEvent, send: Send): void;
  /** A message. */
  message(send: Send): void;
}

/** Prepare the notices N080 to N084 and N090. */
export function notices(tote: Tote): Notices {
  const { words } = tote;
  const started = raceNotice(tote, 'N080');
  const over = raceNotice(tote, 'N081');
  const scratched = raceNotice(tote, 'N082');
  const result = raceNotice(tote, 'N083');
  const dividend = raceNotice(tote, 'N084');
  const message = messageNotice(tote);
  return {
    message,
    race(race, event, send) {
      const tell = (notice: RaceNotice | null, values: Readonly<Record<string, number>>): void => {
        if (notice !== null) send(notice(race, values));
      };
      const time = tote.time;
      switch (event) {
        case 'scratched':
          tell(scratched, {
            CHEVAL: race.scratched,
            NOM: words.word(race.names[race.scratched - 1] ?? ''),
            HEURE: time,
          });
          break;
        case 'closed':
          tell(over, { HEURE: time, MOTIF: words.word('D') });
          break;
        case 'started':
          tell(started, { HEURE: time, PARTANTS: race.runners, ENJEUX: poolAt(race, tote.now) });
          break;
        case 'enquiry':
        case 'official': {
          const places = Object.fromEntries(race.arrival.map((horse, index) => [`PLACE ${index}`, horse]));
          tell(result, {
            HEURE: time,
            STATUT: words.word(event === 'official' ? 'O' : 'E'),
            'NB-PLACES': race.arrival.length,
            GAGNANT: words.word(race.names[(race.arrival[0] ?? 1) - 1] ?? ''),
            ...places,
          });
          break;
        }
        case 'dividends':
          for (const { type, combination, amount, winners } of dividends(race)) {
            tell(dividend, {
              'PARI-TYPE': words.word(type),
              COMBINAISON: words.once(combination),
              MONTANT: amount,
              GAGNANTS: winners,
            });
          }
          break;
      }
    },
  };
}

/** Fills in a notice: names without the type in front, `NAME n` for the n-th entry of a table. */
type RaceNotice = (race: Race, values: Readonly<Record<string, number>>) => WireForm;

function raceNotice(tote: Tote, type: string): RaceNotice | null {
  const wire = tote.wire(type);
  if (wire === null) return null;
  const { values } = wire.form;
  const at = { date: wire.at(`${type}-DATE`), meeting: wire.at(`${type}-REUNION`), race: wire.at(`${type}-COURSE`) };
  const places = new Map<string, number>();
  const placeOf = (name: string): number => {
    let place = places.get(name);
    if (place === undefined) {
      const [field = '', entry = '0'] = name.split(' ');
      place = wire.at(`${type}-${field}`) + Number(entry) * wire.stride(`${type}-${field}`);
      places.set(name, place);
    }
    return place;
  };
  // All fields that may change must be asked for before the first frame is written.
  for (const { form } of wire.form.fields) wire.form.field(form.item.name ?? '');
  return (race, given) => {
    values[at.date] = tote.clock.date(race.off);
    values[at.meeting] = race.reunion;
    values[at.race] = race.number;
    for (const [name, value] of Object.entries(given)) values[placeOf(name)] = value;
    return wire;
  };
}

const messages: readonly [readonly string[], ...(readonly string[])[]] = [
  ['LES PARIS DU QUINTÉ SONT OUVERTS', "JUSQU'AU DÉPART DE LA COURSE"],
  ['PISTE SOUPLE À VINCENNES'],
  ['MAINTENANCE CETTE NUIT DE 2 H À 4 H', '', 'LES TERMINAUX RESTENT ALLUMÉS', 'MERCI'],
  ['-', '----------------------------------------', '-'],
  [],
];

function messageNotice(tote: Tote): (send: Send) => void {
  const wire = tote.wire('N090');
  if (wire === null) return () => undefined;
  const { random, words } = tote;
  const { values } = wire.form;
  const at = {
    number: wire.at('N090-NUMERO'),
    priority: wire.at('N090-PRIORITE'),
    lines: wire.at('N090-NB-LIGNES'),
    line: wire.at('N090-LIGNE'),
  };
  const stride = wire.stride('N090-LIGNE');
  let number = 0;
  return (send) => {
    const lines = random.pick(messages);
    values[at.number] = ++number;
    values[at.priority] = random.below(10);
    values[at.lines] = lines.length;
    for (const [index, line] of lines.entries()) values[at.line + index * stride] = words.word(line);
    send(wire);
  };
}
