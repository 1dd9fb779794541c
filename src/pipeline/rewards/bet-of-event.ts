import { printable } from '../../bytes/printable.ts';
import type { Bet } from '../../rewards/bet.ts';
import type { Cancel } from '../../rewards/reward-entry.ts';
import { lineError, numberIn, type ReadLine, textIn, timeIn } from './read-line.ts';
import type { RewardsSettings, TextPart } from './rewards-settings.ts';

/** What of events says what a bet is. */
export type BetMapping = Pick<RewardsSettings, 'sellingTerminal' | 'horses' | 'wholeField' | 'formulas'>;

const ownTerminal: TextPart = { field: 'terminal' };
const ownHorses: readonly string[] = ['horses'];
const mostDigits = 1e15;

/** Give the terminal that sold what an event is about. Throws REWARD_ENTRY when the event does not say it. */
export function sellingTerminal(event: ReadLine, part: TextPart = ownTerminal): string {
  const { field, from = 0, length } = part;
  const text = textIn(event, field);
  const terminal = text.slice(from, length === undefined ? undefined : from + length);
  if (terminal !== '') return terminal;
  throw lineError(`${field} is ${printable(text)}, in which nothing stands from ${from} on: no terminal sold it`);
}

/** Make the bet of an event. Amounts of events are units of the currency. Throws REWARD_ENTRY for what is missing. */
export function betOfEvent(
  event: ReadLine,
  { sellingTerminal: part, horses = ownHorses, wholeField, formulas }: BetMapping,
): Bet {
  const formula = optionalText(event['formula']);
  return {
    bet: textIn(event, 'bet'),
    ticket: optionalText(event['ticket']) ?? textIn(event, 'bet'),
    terminal: sellingTerminal(event, part),
    time: timeIn(event, 'time'),
    type: optionalText(event['type']),
    formula:
      formula !== null && formulas !== undefined && Object.hasOwn(formulas, formula)
        ? (formulas[formula] ?? null)
        : formula,
    stake: Math.round(numberIn(event, 'stake') * 100),
    horses: sumOf(event, formula !== null && formula === wholeField?.formula ? [wholeField.horses] : horses),
    date: dateOf(event['date']),
    meeting: optionalNumber(event['meeting']),
    race: optionalNumber(event['race']),
    racecourse: optionalText(event['racecourse']),
    region: optionalText(event['region']),
  };
}

/** Make the cancellation of an event. Throws REWARD_ENTRY for what is missing. */
export function cancelOfEvent(event: ReadLine, { sellingTerminal: part }: BetMapping): Cancel {
  const bet = textIn(event, 'bet');
  const ticket = optionalText(event['ticket']) ?? bet;
  return { bet, ticket, terminal: sellingTerminal(event, part), time: timeIn(event, 'time') };
}

function optionalText(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : null;
}

function optionalNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[0-9]{1,9}$/.test(value) ? Number(value) : null;
}

/** `null` when one of them is. */
function sumOf(event: ReadLine, names: readonly string[]): number | null {
  let sum = 0;
  for (const name of names) {
    const number = optionalNumber(event[name]);
    if (number === null) return null;
    sum += number;
  }
  return sum;
}

/** A date as `2026-03-01`, from that or from its digits. */
function dateOf(value: unknown): string | null {
  if (typeof value === 'number' && value < mostDigits) {
    const digits = String(value).padStart(8, '0');
    return digits.length === 8 ? dashed(digits) : null;
  }
  if (typeof value !== 'string') return null;
  if (/^[0-9]{8}$/.test(value)) return dashed(value);
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) ? value : null;
}

function dashed(digits: string): string {
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
