import type { Bet } from './bet.ts';
import type { LocalCalendar } from './local-calendar.ts';

/** A field that conditions ask bets for, `bet.stake`; `null` is no value. Numbers are whole. */
export type BetField =
  | { readonly name: string; readonly type: 'string'; readonly value: (bet: Bet) => string | null }
  | {
      readonly name: string;
      readonly type: 'int';
      readonly value: (bet: Bet) => number | null;
      /** The least and the greatest it can be. */
      readonly from?: number;
      readonly to?: number;
    };

/** List the fields of bets: what they say, and what the calendar of the campaign says about their time. */
export function betFields(calendar: LocalCalendar): ReadonlyMap<string, BetField> {
  const fields: readonly BetField[] = [
    { name: 'bet', type: 'string', value: (bet) => bet.bet },
    { name: 'ticket', type: 'string', value: (bet) => bet.ticket },
    { name: 'terminal', type: 'string', value: (bet) => bet.terminal },
    { name: 'type', type: 'string', value: (bet) => bet.type },
    { name: 'formula', type: 'string', value: (bet) => bet.formula },
    { name: 'stake', type: 'int', value: (bet) => bet.stake, from: 0 },
    { name: 'horses', type: 'int', value: (bet) => bet.horses, from: 0 },
    { name: 'date', type: 'string', value: (bet) => bet.date },
    { name: 'meeting', type: 'int', value: (bet) => bet.meeting, from: 0 },
    { name: 'race', type: 'int', value: (bet) => bet.race, from: 0 },
    { name: 'racecourse', type: 'string', value: (bet) => bet.racecourse },
    { name: 'region', type: 'string', value: (bet) => bet.region },
    { name: 'day', type: 'string', value: (bet) => calendar.dateAt(bet.time) },
    { name: 'weekday', type: 'int', value: (bet) => calendar.weekdayAt(bet.time), from: 1, to: 7 },
    { name: 'hour', type: 'int', value: (bet) => Math.floor(calendar.minuteAt(bet.time) / 60), from: 0, to: 23 },
    { name: 'minute', type: 'int', value: (bet) => calendar.minuteAt(bet.time) % 60, from: 0, to: 59 },
  ];
  return new Map(fields.map((field) => [field.name, field]));
}
