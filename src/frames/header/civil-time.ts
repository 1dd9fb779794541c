const day = 86_400_000; // ms

/**
 * Turn date and time of the Gregorian calendar, UTC, into milliseconds since 1970-01-01T00:00:00Z, without allocating; NaN when there is
 * no such day or time. Years from 0; there is no 24:00 and no leap second.
 */
export function civilTime(
  year: number,
  month: number,
  dayOfMonth: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
): number {
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysIn(year, month)) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  // Years that start in March have their odd day at the end: then days before a month follow from one formula.
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = (((month + 9) % 12) * 153 + 2 - ((((month + 9) % 12) * 153 + 2) % 5)) / 5 + dayOfMonth - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  const days = shifted * 365 + leapDays + dayOfYear - 719_468; // days from 0000-03-01 to 1970-01-01
  return days * day + hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
