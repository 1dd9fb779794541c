import type { Bet } from './bet.ts';
import type { Campaign, HourRange, NumberRange } from './campaign.ts';
import { dayOfDate, localCalendar, weekdayOfDay } from './local-calendar.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const shownValues = 8;

/** Say which conditions of a campaign a bet does not meet, one text each: `type is SG, and not QI or QA`. None: it meets them all. */
export function unmetConditions(campaign: Campaign, bet: Bet): readonly string[] {
  const { timeZone, from, to, days, hours, include, exclude, when } = campaign;
  const calendar = localCalendar(timeZone);
  const day = calendar.dayAt(bet.time);
  const minute = calendar.minuteAt(bet.time);
  const unmet: string[] = [];
  const date = calendar.dateAt(bet.time);
  if (from !== null && day < (dayOfDate(from) ?? day)) unmet.push(`date is ${date}, before ${from}`);
  if (to !== null && day > (dayOfDate(to) ?? day)) unmet.push(`date is ${date}, after ${to}`);
  const weekday = weekdayOfDay(day);
  if (days !== null && !days.includes(weekday)) unmet.push(notOneOf('day', dayName(weekday), days.map(dayName)));
  if (hours !== null && !hours.some((range) => isWithinHours(range, minute))) {
    unmet.push(
      notOneOf(
        'hour',
        clock(minute),
        hours.map((range) => `${clock(range.from)}-${clock(range.to)}`),
      ),
    );
  }
  const lists: readonly (readonly [string, string | number | null, readonly (string | number)[] | null])[] = [
    ['type', bet.type, campaign.types],
    ['formula', bet.formula, campaign.formulas],
    ['meeting', bet.meeting, campaign.meetings],
    ['race', bet.race, campaign.races],
    ['racecourse', bet.racecourse, campaign.racecourses],
    ['region', bet.region, campaign.regions],
  ];
  for (const [name, value, list] of lists) {
    if (list !== null && (value === null || !list.includes(value))) unmet.push(notOneOf(name, value, list));
  }
  if (include !== null && !include.includes(bet.terminal)) unmet.push(`terminal ${bet.terminal} does not take part`);
  if (exclude?.includes(bet.terminal) === true) unmet.push(`terminal ${bet.terminal} is excluded`);
  unmet.push(
    ...outside('stake', bet.stake, campaign.stake, 'cents'),
    ...outside('horses', bet.horses, campaign.horses, ''),
  );
  if (when !== null && !when.holds(bet)) unmet.push(`the condition does not hold: ${when.text}`);
  return unmet;
}

function notOneOf(name: string, value: string | number | null, list: readonly (string | number)[]): string {
  const shown = list.slice(0, shownValues).join(' or ');
  const more = list.length > shownValues ? ` or one of ${list.length - shownValues} more` : '';
  return `${name} is ${value ?? 'not known'}, and not ${shown}${more}`;
}

function outside(name: string, value: number | null, range: NumberRange | null, unit: string): readonly string[] {
  if (range === null) return [];
  const { from, to } = range;
  const units = unit === '' ? '' : ` ${unit}`;
  if (value === null) return [`${name} is not known`];
  if (from !== null && value < from) return [`${name} is ${value}${units}, below ${from}`];
  return to !== null && value > to ? [`${name} is ${value}${units}, above ${to}`] : [];
}

function isWithinHours({ from, to }: HourRange, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function dayName(weekday: number): string {
  return weekdays[weekday - 1] ?? '';
}

function clock(minute: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
