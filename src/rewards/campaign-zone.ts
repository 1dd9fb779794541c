import type { AskedField } from './asked-field.ts';
import type { Bet } from './bet.ts';
import type { Campaign } from './campaign.ts';
import { DayDimension } from './day-dimension.ts';
import { dayOfDate, type LocalCalendar, localCalendar } from './local-calendar.ts';
import { RangeDimension, type WholeRange } from './range-dimension.ts';

const minutesOfDay = 1440;

/** The clocks of a time zone, and the campaigns that go by them. */
export class CampaignZone {
  readonly calendar: LocalCalendar;
  readonly #days: DayDimension;
  /** `null`: no campaign has hours. */
  readonly #minutes: RangeDimension | null;
  readonly timeZone: string;

  constructor(timeZone: string, campaigns: readonly Campaign[]) {
    this.timeZone = timeZone;
    this.calendar = localCalendar(timeZone);
    const own = campaigns.map((campaign) => (campaign.timeZone === timeZone ? campaign : null));
    this.#days = new DayDimension(
      own.map((campaign) =>
        campaign === null
          ? null
          : {
              from: dayOf(campaign.from) ?? Number.NEGATIVE_INFINITY,
              to: dayOf(campaign.to) ?? Number.POSITIVE_INFINITY,
              weekdays: campaign.days,
            },
      ),
    );
    const hasHours = own.some((campaign) => campaign !== null && campaign.hours !== null);
    this.#minutes = hasHours ? new RangeDimension(own.map(minutesOf), minutesOfDay + 1) : null;
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

/** A date that was checked when it was read. */
function dayOf(date: string | null): number | null {
  return date === null ? null : dayOfDate(date);
}

function minutesOf(campaign: Campaign | null): readonly WholeRange[] | null {
  if (campaign === null || campaign.hours === null) return null;
  return campaign.hours.flatMap(({ from, to }) =>
    from < to
      ? [{ from, to: to - 1 }]
      : [
          { from, to: minutesOfDay - 1 },
          { from: 0, to: to - 1 },
        ],
  );
}
