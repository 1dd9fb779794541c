import type { SourcePosition } from '../copybook/source-position.ts';
import type { SettingsProblem } from '../settings/settings-error.ts';
import type { YamlPath } from '../yaml/yaml-node.ts';
import type { BetNeed, IndexedField } from './bet-condition.ts';
import type { Campaign, HourRange, NumberRange, Terminals } from './campaign.ts';
import type { ClockNeeds } from './condition-needs.ts';
import { dateOfDay, dayOfDate, localCalendar, weekdayOfDay } from './local-calendar.ts';

const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const dayLength = 86_400_000; // ms

/** Find out why no bet can ever meet the conditions of a campaign; nothing when one can. */
export function checkCampaign(
  campaign: Campaign,
  clock: ClockNeeds | null,
  positionOf: (path: YamlPath) => SourcePosition,
): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const never = (path: YamlPath, message: string, expected: string, hint?: string): void => {
    problems.push({ code: 'CAMPAIGN_NEVER', severity: 'error', position: positionOf(path), message, expected, hint });
  };
  checkDays(campaign, clock, never);
  checkHours(campaign, clock, never);
  for (const field of ['stake', 'horses'] as const) {
    if (isEmpty(campaign[field]))
      never([field], `${field} ends before it begins`, 'from at most as much as to', 'swap from and to');
  }
  const { include, exclude } = campaign;
  if (include !== null && exclude !== null) {
    if (isWithin(include, exclude)) {
      never(['exclude'], 'all terminals that include lists are excluded', 'terminals that remain');
    }
  }
  for (const need of campaign.when?.needs ?? []) {
    const member = contradicted(need, campaign);
    if (member === null) continue;
    never(['when'], `the condition and ${member}: exclude each other`, `a condition on what ${member}: allows`);
  }
  return problems;
}

/** Whether all terminals of a list are in another one. */
function isWithin(list: Terminals, other: Terminals): boolean {
  const others = new Set(other);
  for (const terminal of list) if (!others.has(terminal)) return false;
  return true;
}

type Never = (path: YamlPath, message: string, expected: string, hint?: string) => void;

function checkDays({ from, to, days }: Campaign, clock: ClockNeeds | null, never: Never): void {
  if (from !== null && to !== null && from > to) {
    never(['period'], 'the period ends before it begins', 'from on or before to', 'swap from and to');
    return;
  }
  const wanted = clock?.weekdays ?? null;
  if (days !== null && wanted !== null && !days.some((day) => wanted.includes(day))) {
    never(['when'], 'the condition and days: exclude each other', 'a condition on weekdays that days: allows');
    return;
  }
  const within = periodDays(from, to);
  if (days !== null && within !== null && !within.some((day) => days.includes(weekdayOfDay(day)))) {
    const found = [...new Set(within.map((day) => weekdayNames[weekdayOfDay(day) - 1]))].join(', ');
    never(['days'], 'none of the days is in the period', `days of the period, which are ${found}`);
    return;
  }
  const dates = clock?.days ?? null;
  const isPossible = (date: string): boolean => {
    if ((from !== null && date < from) || (to !== null && date > to)) return false;
    const day = dayOfDate(date);
    return day !== null && (days === null || days.includes(weekdayOfDay(day)));
  };
  if (dates !== null && !dates.some(isPossible)) {
    never(
      ['when'],
      'the condition asks for days that are not days of the campaign',
      'days of its period and its days:',
    );
  }
}

function checkHours({ from, to, days, hours, timeZone }: Campaign, clock: ClockNeeds | null, never: Never): void {
  const wanted = clock?.hours ?? null;
  if (
    wanted !== null &&
    hours !== null &&
    !wanted.some((hour) => minutesOf(hour).some((minute) => isIn(minute, hours)))
  ) {
    never(['when'], 'the condition and hours: exclude each other', 'a condition on hours that hours: allows');
    return;
  }
  // Clocks that are put forward leave hours out, which is all of a campaign that has no other day.
  const within = periodDays(from, to)?.filter((day) => days === null || days.includes(weekdayOfDay(day)));
  const [only] = within ?? [];
  if (hours === null || within?.length !== 1 || only === undefined) return;
  const calendar = localCalendar(timeZone);
  const start = only * dayLength;
  if (calendar.offsetAt(start - dayLength) === calendar.offsetAt(start + 2 * dayLength)) return;
  for (let time = start - dayLength; time < start + 2 * dayLength; time += 60_000) {
    if (calendar.dayAt(time) === only && isIn(calendar.minuteAt(time), hours)) return;
  }
  never(['hours'], `clocks in ${timeZone} leave these hours out on ${dateOfDay(only)}`, 'hours that exist on that day');
}

/** The days of a period that is shorter than a week; `null` for others, which have all weekdays. */
function periodDays(from: string | null, to: string | null): readonly number[] | null {
  const [first, last] = [dayOfDate(from ?? ''), dayOfDate(to ?? '')];
  if (first === null || last === null || last - first >= 6) return null;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function minutesOf(hour: number): readonly number[] {
  return Array.from({ length: 60 }, (_, minute) => hour * 60 + minute);
}

function isIn(minute: number, hours: readonly HourRange[]): boolean {
  return hours.some(({ from, to }) => (from < to ? minute >= from && minute < to : minute >= from || minute < to));
}

function isEmpty(range: NumberRange | null): boolean {
  return range !== null && range.from !== null && range.to !== null && range.from > range.to;
}

const lists: Readonly<Record<IndexedField, keyof Campaign>> = {
  type: 'types',
  formula: 'formulas',
  terminal: 'include',
  region: 'regions',
  racecourse: 'racecourses',
  meeting: 'meetings',
  race: 'races',
};

/** The member of a campaign that rules out what its condition needs; `null` when none does. */
function contradicted(need: BetNeed, campaign: Campaign): string | null {
  if (need.field === 'stake' || need.field === 'horses') {
    const range = campaign[need.field];
    if (range === null || !('from' in need)) return null;
    const from = Math.max(range.from ?? 0, need.from ?? 0);
    return from > Math.min(range.to ?? from, need.to ?? from) ? need.field : null;
  }
  if (!('oneOf' in need)) return null;
  const member = lists[need.field];
  const allowed = campaign[member] as { includes(value: string | number): boolean } | null;
  if (allowed !== null && !need.oneOf.some((value) => allowed.includes(value))) return member;
  if (need.field !== 'terminal' || campaign.exclude === null) return null;
  const { exclude } = campaign;
  return need.oneOf.every((value) => exclude.includes(String(value))) ? 'exclude' : null;
}
