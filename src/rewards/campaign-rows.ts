import type { NumberRows } from './allowance.ts';

/** Numbers of a row: two lines of the memory. */
export const rowWidth = 16;

/** Where the numbers of a campaign are in its row. */
export const inRow = {
  /** Which of `campaignRules` it has. */
  rules: 0,
  /** Bets that met its conditions. */
  counter: 1,
  every: 2,
  /** How much there is of its rewards in all, and how many are out. */
  total: 3,
  /** The local day that was asked for last, as days since 1970-01-01; NaN: none yet. Then the same as `total` of that day. */
  day: 5,
  ofDay: 6,
  /** Limits of a terminal and of a race (the share of this partition). */
  terminalLimit: 8,
  raceShare: 9,
  /** The same as `total`, in cents. */
  budget: 10,
  /** Number of its pool. */
  pool: 12,
  /** What was ever given, and its cents. */
  rewards: 13,
  rewardedCents: 14,
  /** Number of its group among those of the set; -1: none. */
  group: 15,
} as const;

/** Bits: what is to be looked at besides total, terminal, pool and budget. */
export const campaignRules = {
  firstOfDay: 1,
  share: 2,
  every: 4,
  group: 8,
  dayLimit: 16,
  raceLimit: 32,
  shadow: 64,
} as const;

const firstRows = 64;

/** All numbers of campaigns that bets ask for: a row for each, by the number of the campaign. */
export class CampaignRows implements NumberRows {
  numbers: Float64Array = rowsOf(firstRows);

  /** Make room for a campaign; returns where its row starts. */
  add(number: number): number {
    const start = number * rowWidth;
    if (start + rowWidth > this.numbers.length) {
      const numbers = rowsOf(2 * Math.max(this.numbers.length / rowWidth, number));
      numbers.set(this.numbers);
      this.numbers = numbers;
    }
    this.numbers[start + inRow.day] = Number.NaN;
    return start;
  }
}

/** So many rows. What is large starts 16 bytes behind a page, where malloc puts it: moved on, each row is two lines of the memory that are read together. */
function rowsOf(rows: number): Float64Array {
  const rowBytes = 8 * rowWidth;
  return new Float64Array(new ArrayBuffer((rows + 1) * rowBytes), rowBytes - 16, rows * rowWidth);
}
