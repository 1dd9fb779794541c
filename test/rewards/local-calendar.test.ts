import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileMatcher } from '../../src/rewards/compile-matcher.ts';
import { parseCampaigns } from '../../src/rewards/load-campaigns.ts';
import { dateOfDay, dayOfDate, isTimeZone, localCalendar, weekdayOfDay } from '../../src/rewards/local-calendar.ts';
import { madeBet } from './made-campaigns.ts';

const [header = '', ...rows] = readFileSync(new URL('../../fixtures/clocks/clocks.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const windows = header.split(',').slice(5);
const instants = rows.map((row) => {
  const [zone = '', time, date, weekday, minute, ...open] = row.split(',');
  return { zone, time: Number(time), shown: [date, Number(weekday), Number(minute)], open };
});

describe('a local calendar', () => {
  test('shows what java.time shows around changes of the time', () => {
    for (const { zone, time, shown } of instants) {
      const calendar = localCalendar(zone);
      expect([calendar.dateAt(time), calendar.weekdayAt(time), calendar.minuteAt(time)], `${zone} ${time}`).toEqual(
        shown,
      );
    }
  });

  test('shows the same whatever it was asked before', () => {
    const zones = ['Europe/Paris', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Antarctica/Troll'];
    const time = fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2037, 0) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.array(time, { maxLength: 8 }), (zone, times) => {
        const calendar = localCalendar(zone);
        const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
        for (const each of times) {
          const minute = calendar.minuteAt(each);
          const clock = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
          expect(`${calendar.dateAt(each)} ${clock}`).toBe(format.format(each).slice(0, 16));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('answers for times that no clock shows', () => {
    for (const time of [8.64e15 + 1, -8.64e15 - 1, Number.MAX_SAFE_INTEGER]) {
      expect(localCalendar('Europe/Paris').offsetAt(time)).toBe(0);
    }
  });

  test('refuses what is no time zone', () => {
    expect(['Europe/Paris', 'UTC', 'Etc/GMT+3'].map(isTimeZone)).toEqual([true, true, true]);
    expect(['Europe/Pari', '', '+01:00', '__proto__', 'a'.repeat(99)].map(isTimeZone)).toEqual(Array(5).fill(false));
  });

  test('knows the days of the calendar by their dates', () => {
    expect(dayOfDate('1970-01-01')).toBe(0);
    expect(['2024-02-30', '2023-02-29', '2024-3-31', '0000-01-01', ' 2024-03-31', '']).toSatisfy((dates: string[]) =>
      dates.every((date) => dayOfDate(date) === null),
    );
    for (const [date, weekday] of [
      ['2024-03-31', 7],
      ['1969-12-31', 3],
      ['0001-01-01', 1],
    ] as const) {
      const day = dayOfDate(date) ?? Number.NaN;
      expect([dateOfDay(day), weekdayOfDay(day)]).toEqual([date, weekday]);
    }
  });
});

describe('days and hours of campaigns', () => {
  const set = parseCampaigns(
    `campaigns: clocks
version: 1
timeZone: Europe/Paris
list:
  - {id: night, hours: 18:00-02:00}
  - {id: skipped-hour, hours: 02:00-03:00}
  - {id: sundays, days: sun}
  - {id: change-days, when: 'bet.day in ["2024-03-31", "2024-10-27"]'}
  - {id: early-sundays, days: sun, hours: ['00:00-04:30']}
`,
    'clocks.yaml',
  );
  const matcher = compileMatcher(set);
  const openAt = (time: number): readonly string[] => {
    const { indexes, count } = matcher.match(madeBet('b', { time }));
    const open = new Set([...indexes.subarray(0, count)].map((index) => set.campaigns[index]?.id));
    return windows.map((id) => (open.has(id) ? '1' : '0'));
  };

  test('are those of java.time in Paris on 2024-03-31 and 2024-10-27', () => {
    const inParis = instants.filter(({ zone, time }) => zone === 'Europe/Paris' && time > Date.UTC(2024, 0));
    expect(inParis.length).toBeGreaterThan(1200);
    for (const { time, open } of inParis) expect(openAt(time), String(time)).toEqual(open);
  });

  test('are those of the bet and not of its arrival: 23:59:59.999 is the day before', () => {
    const lastMoment = Date.UTC(2024, 2, 31, 21, 59, 59, 999); // clocks are at UTC+2 by then
    const campaign = set.campaigns.findIndex(({ id }) => id === 'sundays');
    expect(openAt(lastMoment)).toEqual(['1', '0', '1', '1', '0']);
    expect(openAt(lastMoment + 1)).toEqual(['1', '0', '0', '0', '0']);
    expect(matcher.dayOf(campaign, madeBet('b', { time: lastMoment }))).toBe(dayOfDate('2024-03-31'));
    expect(matcher.dayOf(campaign, madeBet('b', { time: lastMoment + 1 }))).toBe(dayOfDate('2024-04-01'));
  });
});
