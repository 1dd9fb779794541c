import type { Bet } from '../../src/rewards/bet.ts';
import type { Campaign, CampaignSet, NumberRange } from '../../src/rewards/campaign.ts';
import type { CampaignMatcher } from '../../src/rewards/campaign-matcher.ts';

/** Ask every campaign, one condition after the other, with a formatter of dates for its clocks: what a matcher has to find. */
export function plainMatcher(set: CampaignSet): CampaignMatcher {
  const match = (bet: Bet): readonly number[] => {
    const found = set.campaigns.filter((campaign) => meets(campaign, bet));
    found.sort((one, other) => other.priority - one.priority || one.index - other.index);
    return found.map(({ index }) => index);
  };
  return {
    set,
    match(bet) {
      const found = match(bet);
      return { indexes: Int32Array.from(found), count: found.length };
    },
    matchAll(bets, count, _terminalRows, matched) {
      for (let at = 0, end = 0; at < count; at++) {
        const found = match(bets[at] as Bet);
        matched.reserve(end + found.length);
        matched.indexes.set(found, end);
        end += found.length;
        matched.ends[at] = end;
      }
    },
    terminalRow: () => -1,
    dayOf(campaign, bet) {
      const { date } = localTime(set.campaigns[campaign]?.timeZone ?? '', bet.time);
      return Date.parse(date) / 86_400_000;
    },
  };
}

function meets(campaign: Campaign, bet: Bet): boolean {
  const { date, weekday, minute } = localTime(campaign.timeZone, bet.time);
  const hours = campaign.hours?.some(({ from, to }) =>
    from < to ? minute >= from && minute < to : minute >= from || minute < to,
  );
  return (
    (campaign.from === null || date >= campaign.from) &&
    (campaign.to === null || date <= campaign.to) &&
    (campaign.days?.includes(weekday) ?? true) &&
    (hours ?? true) &&
    isOneOf(campaign.types, bet.type) &&
    isOneOf(campaign.formulas, bet.formula) &&
    isOneOf(campaign.meetings, bet.meeting) &&
    isOneOf(campaign.races, bet.race) &&
    isOneOf(campaign.racecourses, bet.racecourse) &&
    isOneOf(campaign.regions, bet.region) &&
    (campaign.include?.includes(bet.terminal) ?? true) &&
    !(campaign.exclude?.includes(bet.terminal) ?? false) &&
    isWithin(campaign.stake, bet.stake) &&
    isWithin(campaign.horses, bet.horses) &&
    (campaign.when?.holds(bet) ?? true)
  );
}

function isOneOf<Value>(list: readonly Value[] | null, value: Value | null): boolean {
  return list === null || (value !== null && list.includes(value));
}

function isWithin(range: NumberRange | null, value: number | null): boolean {
  if (range === null) return true;
  return value !== null && value >= (range.from ?? value) && value <= (range.to ?? value);
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

interface LocalTime {
  readonly date: string;
  readonly weekday: number;
  readonly minute: number;
}

const minutes = new Map<string, LocalTime>(); // Intl is slow

/** What clocks in a zone show, by Intl alone. */
function localTime(timeZone: string, time: number): LocalTime {
  const key = `${timeZone} ${Math.floor(time / 60_000)}`;
  let shown = minutes.get(key);
  if (shown === undefined) {
    shown = askIntl(timeZone, time);
    minutes.set(key, shown);
  }
  return shown;
}

function askIntl(timeZone: string, time: number): LocalTime {
  let format = formats.get(timeZone);
  format ??= new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  return {
    date: `${part['year']}-${part['month']}-${part['day']}`,
    weekday: weekdays.indexOf(part['weekday'] ?? '') + 1,
    minute: Number(part['hour']) * 60 + Number(part['minute']),
  };
}
