import type { AskedField } from './asked-field.ts';
import type { Bet } from './bet.ts';
import type { Campaign, HourRange } from './campaign.ts';
import { DayDimension } from './day-dimension.ts';
import { dayOfDate, type LocalCalendar, localCalendar } from './local-calendar.ts';
import { RangeDimension, type WholeRange } from './range-dimension.ts';
import { mapInSteps } from './run-steps.ts';

const minutesOfDay = 1440;

/** The clocks of a time zone, and the campaigns that go by them. */
export class CampaignZone {
  readonly calendar: LocalCalendar;
  readonly #days: DayDimension;
  /** `null`: no campaign has hours. */
  readonly #minutes: RangeDimension | null;
  readonly timeZone: string;

  constructor(timeZone: string, days: DayDimension, minutes: RangeDimension | null) {
    this.timeZone = timeZone;
    this.calendar = localCalendar(timeZone);
    this.#days = days;
    this.#minutes = minutes;
  }

  /** Days, and minutes of the day if any campaign has hours. */
  asked(): readonly AskedField[] {
    const days = { dimension: this.#days, read: (bet: Bet) => this.dayOf(bet) };
    if (this.#minutes === null) return [days];
    return [days, { dimension: this.#minutes, read: ({ time }: Bet) => this.calendar.minuteAt(time) }];
  }

  /** The local day of a bet. */
  dayOf({ time }: Bet): number {
    return this.calendar.dayAt(time);
  }
}

/** Make what is known of a time zone: days and hours of those campaigns that go by its clocks. It yields now and then. */
export function* campaignZone(timeZone: string, campaigns: readonly Campaign[]): Generator<void, CampaignZone> {
  const known = new Map<string, number | null>(); // thousands of campaigns start and end on the same days
  const dayOf = (date: string): number | null => {
    let day = known.get(date);
    if (day === undefined) {
      day = dayOfDate(date);
      known.set(date, day);
    }
    return day;
  };
  const days = yield* mapInSteps(campaigns, ({ timeZone: own, from, to, days: weekdays }) => {
    if (own !== timeZone) return null;
    return {
      from: (from === null ? null : dayOf(from)) ?? Number.NEGATIVE_INFINITY,
      to: (to === null ? null : dayOf(to)) ?? Number.POSITIVE_INFINITY,
      weekdays,
    };
  });
  const ranges = yield* mapInSteps(campaigns, (campaign) =>
    campaign.timeZone === timeZone && campaign.hours !== null ? campaign.hours.flatMap(minutesOf) : null,
  );
  const dimension = new DayDimension(days);
  if (!ranges.some((range) => range !== null)) return new CampaignZone(timeZone, dimension, null);
  const minutes = new RangeDimension(ranges, minutesOfDay + 1);
  yield* minutes.cut();
  return new CampaignZone(timeZone, dimension, minutes);
}

function minutesOf({ from, to }: HourRange): readonly WholeRange[] {
  if (from < to) return [{ from, to: to - 1 }];
  return [
    { from, to: minutesOfDay - 1 },
    { from: 0, to: to - 1 },
  ];
}
