/** Clocks and calendar of a time zone. Times are milliseconds since 1970-01-01T00:00:00Z, days are counted from 1970-01-01. */
export interface LocalCalendar {
  /** Milliseconds that clocks there are ahead of UTC. */
  offsetAt(time: number): number;
  dayAt(time: number): number;
  /** Monday 1 to Sunday 7. */
  weekdayAt(time: number): number;
  /** Minutes that the clock shows since midnight, 0 to 1,439. */
  minuteAt(time: number): number;
  /** `2024-03-31` */
  dateAt(time: number): string;
}

const quarter = 900_000; // ms: where clocks change within a quarter of an hour, its cache says so
const dayLength = 86_400_000; // ms
const slots = 2048; // quarters in the cache: three weeks of bets hardly push each other out
const last = 8.64e15; // ms: what a Date can hold

const calendars = new Map<string, LocalCalendar>(); // as many as there are time zones, at most

/** Find the calendar of a time zone by its IANA name. Throws a RangeError for what is no time zone. */
export function localCalendar(timeZone: string): LocalCalendar {
  let calendar = calendars.get(timeZone);
  if (calendar === undefined) {
    calendar = createCalendar(timeZone);
    calendars.set(timeZone, calendar);
  }
  return calendar;
}

/** Tell whether a text is the IANA name of a time zone, `Europe/Paris`. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9+/_-]{1,63}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Write a day as its date, `2024-03-31`. */
export function dateOfDay(day: number): string {
  return new Date(day * dayLength).toISOString().slice(0, -14);
}

/** Read a date as the day it is; `null` for what is no date of the calendar, or none of the years 1 to 9999. */
export function dayOfDate(date: string): number | null {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(date);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year === 0) return null;
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day); // Date.UTC takes years below 100 for those of the 20th century
  return time.getUTCMonth() === month - 1 && time.getUTCDate() === day ? time.getTime() / dayLength : null;
}

/** Say which day of the week a day is: Monday 1 to Sunday 7. 1970-01-01 was a Thursday. */
export function weekdayOfDay(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function createCalendar(timeZone: string): LocalCalendar {
  const exactOffset = offsetsOf(timeZone);
  const quarters = new Float64Array(slots).fill(Number.NaN);
  const offsets = new Float64Array(slots); // NaN: clocks change within the quarter
  let writtenDay = Number.NaN;
  let written = '';

  const offsetAt = (time: number): number => {
    const index = Math.floor(time / quarter);
    const slot = index & (slots - 1);
    if (quarters[slot] !== index) {
      const first = exactOffset(index * quarter);
      offsets[slot] = first === exactOffset((index + 1) * quarter - 1) ? first : Number.NaN;
      quarters[slot] = index;
    }
    const offset = offsets[slot] as number;
    return Number.isNaN(offset) ? exactOffset(time) : offset;
  };
  const dayAt = (time: number): number => Math.floor((time + offsetAt(time)) / dayLength);

  return {
    offsetAt,
    dayAt,
    weekdayAt: (time) => weekdayOfDay(dayAt(time)),
    minuteAt(time) {
      const local = time + offsetAt(time);
      return Math.floor((local - Math.floor(local / dayLength) * dayLength) / 60_000);
    },
    dateAt(time) {
      const day = dayAt(time);
      if (day !== writtenDay) {
        written = dateOfDay(day);
        writtenDay = day;
      }
      return written;
    },
  };
}

/** Make what asks the time zone database; a time that no Date can hold counts as UTC. */
function offsetsOf(timeZone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (time) => {
    if (!(Math.abs(time) < last)) return 0;
    const part: Record<string, number> = {};
    let era = 1;
    for (const { type, value } of format.formatToParts(time)) {
      if (type === 'era') era = value.startsWith('B') ? -1 : 1;
      else part[type] = Number(value);
    }
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    const shown = new Date(0); // Date.UTC takes years below 100 for those of the 20th century
    shown.setUTCFullYear(era === 1 ? year : 1 - year, month - 1, day);
    shown.setUTCHours(hour, minute, second);
    return shown.getTime() - Math.floor(time / 1000) * 1000;
  };
}
