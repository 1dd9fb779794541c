import { z } from 'zod';
import { parseDuration } from '../settings/duration.ts';
import { notRead, type QuickReader, quickReader, withQuickReader } from '../settings/quick-reader.ts';
import { flag, members, reads, shownText, text } from '../settings/settings-schema.ts';
import type { HourRange, NumberRange } from './campaign.ts';
import { dayOfDate, isTimeZone } from './local-calendar.ts';

/** A campaign as its file says it: what is not there is absent, a word for a list is a list of one, money is cents. */
export interface CampaignSettings {
  readonly id: string;
  readonly title?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly period?: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined;
  readonly days?: readonly (readonly number[])[] | undefined;
  readonly hours?: readonly HourRange[] | undefined;
  readonly types?: readonly string[] | undefined;
  readonly formulas?: readonly string[] | undefined;
  readonly stake?: RangeSettings | undefined;
  readonly horses?: RangeSettings | undefined;
  readonly meetings?: readonly number[] | undefined;
  readonly races?: readonly number[] | undefined;
  readonly racecourses?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  /** Terminals and names of lists of them, as they stand there. */
  readonly include?: unknown;
  readonly exclude?: unknown;
  readonly when?: string | undefined;
  readonly firstOfDay?: boolean | undefined;
  readonly share?: number | undefined;
  readonly seed?: string | undefined;
  readonly every?: number | undefined;
  readonly priority?: number | undefined;
  readonly group?: string | undefined;
  readonly limits?: LimitSettings | undefined;
  readonly budget?: number | undefined;
  readonly pool?: string | undefined;
  readonly shadow?: boolean | undefined;
}

interface RangeSettings {
  readonly from?: NumberRange['from'] | undefined;
  readonly to?: NumberRange['to'] | undefined;
}

interface LimitSettings {
  readonly total?: number | undefined;
  readonly day?: number | undefined;
  readonly terminal?: number | undefined;
  readonly race?: number | undefined;
}

/** What a file of campaigns says about all of them; durations are milliseconds. */
export interface CampaignFileSettings {
  readonly campaigns: string;
  readonly version: number;
  readonly timeZone: string;
  readonly decideWithin?: number | undefined;
  readonly keep?: number | undefined;
  readonly pools?: Readonly<Record<string, { readonly limit: number }>> | undefined;
}

const mostCents = 1_000_000_000_000; // ten milliards of euros: more is a mistake
const mostPieces = 1_000_000_000;

const wholeNumber = (from: number, to: number, what = 'a whole number'): z.ZodType<number> =>
  reads(`${what} from ${from} to ${to}`, (value) => {
    const number = /^-?[0-9]{1,13}$/.test(value) ? Number(value) : Number.NaN;
    return number >= from && number <= to ? number : null;
  });
const count = wholeNumber(1, mostPieces);
const name = reads('letters, digits, full stops, underscores and hyphens, at most 100', (value) =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value) ? value : null,
);
const word = reads('a text of 1 to 100 characters', (value) =>
  value.length >= 1 && value.length <= 100 && value.trim() === value ? value : null,
);
const cents = (from: number): z.ZodType<number> =>
  reads('whole cents: 350 stands for 3.50', (value) => {
    const number = /^[0-9]{1,13}$/.test(value) ? Number(value) : Number.NaN;
    return number >= from && number <= mostCents ? number : null;
  });
const date = reads('a date of the calendar such as 2024-03-31', (value) => (dayOfDate(value) === null ? null : value));
const timeZone = reads('a time zone such as Europe/Paris', (value) => (isTimeZone(value) ? value : null));
const within = (least: number, most: number, expected: string): z.ZodType<number> =>
  reads(expected, (value) => {
    const found = parseDuration(value);
    return found !== null && found >= least && found <= most ? found : null;
  });
const share = reads('a part such as 10% or 0.1, above 0 and at most 100%', (value) => {
  const match = /^([0-9]{1,3}(?:\.[0-9]{1,6})?)(%?)$/.exec(value);
  const part = match === null ? 0 : Number(match[1]) / (match[2] === '%' ? 100 : 1);
  return part > 0 && part <= 1 ? part : null;
});

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Which day of the week a word names, Monday 0; -1: none. */
function weekdayIndex(word: string): number {
  return weekdays.findIndex((day) => word === day || word === day.slice(0, 3));
}

/** Days of the week: one, or the range from one to another, which may go over Sunday. */
const dayRange = reads('mon, tue, wed, thu, fri, sat or sun, or a range such as mon-fri', (value) => {
  const [from = -1, to = from, more] = value
    .toLowerCase()
    .split('-')
    .map((day) => weekdayIndex(day.trim()));
  if (from < 0 || to < 0 || more !== undefined) return null;
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => ((from + index) % 7) + 1);
});

/** Hours of the day; `18:00-02:00` goes on past midnight. */
const hourRange = reads('a range of hours such as 18:00-02:00 or 00:00-24:00', (value): HourRange | null => {
  const match = /^([0-9]{1,2}):([0-9]{2})\s*-\s*([0-9]{1,2}):([0-9]{2})$/.exec(value);
  if (match === null) return null;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  if (fromMinute > 59 || toMinute > 59 || from > 1439 || to > 1440 || from === to) return null;
  return { from, to: to === 0 ? 1440 : to };
});

/** A list, for which its only item may stand. */
const listOf = <T>(item: z.ZodType<T>, expected: string): z.ZodType<readonly T[]> => {
  const schema = z.preprocess(
    (value) => (typeof value === 'string' ? (value === '' ? null : [value]) : value),
    z.array(item, { error: expected }).min(1, { error: expected }),
  ) as unknown as z.ZodType<readonly T[]>;
  const read = quickReader(item);
  return read === null ? schema : withQuickReader(schema, (value) => quickList(value, read));
};

function quickList<T>(value: unknown, read: QuickReader<T>): readonly T[] | typeof notRead {
  const items: readonly unknown[] = Array.isArray(value) ? value : value === '' ? [] : [value];
  if (items.length === 0) return notRead;
  const list: T[] = [];
  for (const item of items) {
    const found = read(item);
    if (found === notRead) return notRead;
    list.push(found);
  }
  return list;
}

/** Read where lists of terminals are known. */
const terminals = z.unknown().optional();

const range = (bound: z.ZodType<number>): z.ZodType<RangeSettings> =>
  members({ from: bound.optional(), to: bound.optional() });

/** The form of a campaign. */
export const campaignSchema: z.ZodType<CampaignSettings> = members({
  id: name,
  title: shownText(200).optional(),
  timeZone: timeZone.optional(),
  period: members({ from: date.optional(), to: date.optional() }).optional(),
  days: listOf(dayRange, 'a list of days of the week').optional(),
  hours: listOf(hourRange, 'a list of ranges of hours').optional(),
  types: listOf(word, 'a list of types of bets').optional(),
  formulas: listOf(word, 'a list of formulas').optional(),
  stake: range(cents(0)).optional(),
  horses: range(wholeNumber(0, 1000)).optional(),
  meetings: listOf(wholeNumber(0, 999), 'a list of numbers of meetings').optional(),
  races: listOf(wholeNumber(0, 999), 'a list of numbers of races').optional(),
  racecourses: listOf(word, 'a list of racecourses').optional(),
  regions: listOf(word, 'a list of regions').optional(),
  include: terminals,
  exclude: terminals,
  when: text('a condition in CEL').optional(),
  firstOfDay: flag.optional(),
  share: share.optional(),
  seed: word.optional(),
  every: wholeNumber(1, mostPieces).optional(),
  priority: wholeNumber(-1_000_000, 1_000_000).optional(),
  group: name.optional(),
  limits: members({
    total: count.optional(),
    day: count.optional(),
    terminal: count.optional(),
    race: count.optional(),
  }).optional(),
  budget: cents(1).optional(),
  pool: name.optional(),
  shadow: flag.optional(),
});

/** Reads a campaign with which nothing is wrong, in a tenth of the time. */
export const readCampaign: QuickReader<CampaignSettings> = quickReader(campaignSchema) ?? (() => notRead);

/** The form of the rest of a file of campaigns. */
export const campaignFileSchema: z.ZodType<CampaignFileSettings> = members({
  campaigns: name,
  version: wholeNumber(1, mostPieces),
  timeZone,
  decideWithin: within(1, 3_600_000, 'a duration from 1ms to 1h').optional(),
  keep: within(60_000, 400 * 86_400_000, 'a duration from 1m to 400d').optional(),
  pools: z.record(name, members({ limit: count }), { error: 'a mapping of pools' }).optional(),
  terminals: z.unknown().optional(), // read piece by piece
  list: z.unknown().optional(),
});
