import { printable } from '../../bytes/printable.ts';
import type { Bet } from '../../rewards/bet.ts';
import type { Cancel } from '../../rewards/reward-entry.ts';
import { type BetMapping, type EventMembers, eventMembers } from './event-members.ts';
import { lineError, numberOf, timeOf } from './read-line.ts';
import type { TextPart } from './rewards-settings.ts';

const ownTerminal: TextPart = { field: 'terminal' };
const mostDigits = 1e15;

/** Give the terminal that sold what an event is about. Throws REWARD_ENTRY when the event does not say it. */
export function sellingTerminal(event: EventMembers, part: TextPart = ownTerminal): string {
  const { field, from = 0, length } = part;
  const text = event.text(event.terminal);
  const terminal = text.slice(from, length === undefined ? undefined : from + length);
  if (terminal !== '') return terminal;
  throw lineError(`${field} is ${printable(text)}, in which nothing stands from ${from} on: no terminal sold it`);
}

/** Make the bet of an event, whose members are those that the mapping asks for. Amounts of events are units of the currency. Throws REWARD_ENTRY for what is missing. */
export function betOfEvent(event: EventMembers, mapping: BetMapping): Bet {
  return new EventBet(event, mapping);
}

/** Make the cancellation of an event. Throws REWARD_ENTRY for what is missing. */
export function cancelOfEvent(event: EventMembers, { sellingTerminal: part }: BetMapping): Cancel {
  const { values } = event;
  const bet = event.text(eventMembers.bet);
  const ticket = optionalText(values[eventMembers.ticket]) ?? bet;
  return { bet, ticket, terminal: sellingTerminal(event, part), time: timeOf(values[eventMembers.time], 'time') };
}

/** It has a constructor for the reason that a `BetEntry` has one. */
class EventBet implements Bet {
  readonly bet: string;
  readonly ticket: string;
  readonly terminal: string;
  readonly time: number;
  readonly type: string | null;
  readonly formula: string | null;
  readonly stake: number;
  readonly horses: number | null;
  readonly date: string | null;
  readonly meeting: number | null;
  readonly race: number | null;
  readonly racecourse: string | null;
  readonly region: string | null;

  constructor(event: EventMembers, { sellingTerminal: part, wholeField, formulas }: BetMapping) {
    const { values } = event;
    const formula = optionalText(values[eventMembers.formula]);
    const isWholeField = formula !== null && formula === wholeField?.formula;
    const isNamed = formula !== null && formulas !== undefined && Object.hasOwn(formulas, formula);
    this.bet = event.text(eventMembers.bet);
    this.ticket = optionalText(values[eventMembers.ticket]) ?? this.bet;
    this.terminal = sellingTerminal(event, part);
    this.time = timeOf(values[eventMembers.time], 'time');
    this.type = optionalText(values[eventMembers.type]);
    this.formula = isNamed ? (formulas[formula] ?? null) : formula;
    this.stake = Math.round(numberOf(values[eventMembers.stake], 'stake') * 100);
    this.horses = sumOf(values, isWholeField ? event.runners : event.horses);
    this.date = dateOf(values[eventMembers.date]);
    this.meeting = optionalNumber(values[eventMembers.meeting]);
    this.race = optionalNumber(values[eventMembers.race]);
    this.racecourse = optionalText(values[eventMembers.racecourse]);
    this.region = optionalText(values[eventMembers.region]);
  }
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
function sumOf(values: readonly unknown[], indexes: readonly number[]): number | null {
  let sum = 0;
  for (let at = 0; at < indexes.length; at++) {
    const number = optionalNumber(values[indexes[at] as number]);
    if (number === null) return null;
    sum += number;
  }
  return sum;
}

/** The date that was asked for last: most bets are on races of one day. */
let last: { readonly value: unknown; readonly date: string | null } = { value: undefined, date: null };

/** A date as `2026-03-01`, from that or from its digits. */
function dateOf(value: unknown): string | null {
  if (value === last.value) return last.date;
  last = { value, date: dateOfValue(value) };
  return last.date;
}

function dateOfValue(value: unknown): string | null {
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
