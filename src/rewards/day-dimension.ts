import type { Dimension } from './dimension.ts';
import type { FieldRows } from './field-rows.ts';
import { weekdayOfDay } from './local-calendar.ts';

/** The days on which a campaign runs. */
export interface CampaignDays {
  /** Days since 1970-01-01, both included. */
  readonly from: number;
  readonly to: number;
  /** Days of the week, Monday 1 to Sunday 7. */
  readonly weekdays: readonly number[] | null;
}

const kept = 32; // days whose rows are kept: bets of other days than these come seldom

/** The local day. Rows are made when the first bet of a day comes. */
export class DayDimension implements Dimension<number> {
  readonly rows: number = kept;
  readonly passing: number = 1; // nearly all campaigns of a set run: it is asked last
  readonly isCoarse: boolean = false;
  base = 0;
  /** How often a row was given to another day. */
  reused = 0;
  readonly #days: readonly (CampaignDays | null)[];
  readonly #rowOfDay = new Map<number, number>();
  #table: FieldRows | null = null;
  #rankOf: Int32Array = new Int32Array(0);
  #lastDay = Number.NaN;
  #lastRow = 0;

  /** `days` has an entry for each campaign, `null` for one that runs on other calendars. */
  constructor(days: readonly (CampaignDays | null)[]) {
    this.#days = days;
  }

  *fill(rows: FieldRows, rankOf: Int32Array): Generator<void> {
    this.base = rows.add(kept);
    this.#table = rows;
    this.#rankOf = rankOf;
    yield;
  }

  rowOf(day: number | null): number {
    if (day === null) throw new RangeError('every bet has a day');
    if (day === this.#lastDay) return this.#lastRow;
    this.#lastRow = this.#rowOfDay.get(day) ?? this.#make(day);
    this.#lastDay = day;
    return this.#lastRow;
  }

  asks(campaign: number): boolean {
    const days = this.#days[campaign] ?? null;
    return days !== null && (days.weekdays !== null || Number.isFinite(days.from) || Number.isFinite(days.to));
  }

  admits(campaign: number, day: number | null): boolean {
    const days = this.#days[campaign] ?? null;
    if (days === null || day === null) return true;
    const { from, to, weekdays } = days;
    return from <= day && day <= to && (weekdays === null || weekdays.includes(weekdayOfDay(day)));
  }

  #make(day: number): number {
    const rows = this.#table;
    if (rows === null) throw new TypeError('the rows are not filled yet');
    let row = this.#rowOfDay.size;
    if (row === kept) {
      const [oldest, reused] = [...this.#rowOfDay][0] ?? [0, 0];
      this.#rowOfDay.delete(oldest);
      row = reused;
      this.reused++;
    }
    const offset = this.base + row * rows.stride;
    rows.empty(offset);
    for (const campaign of this.#days.keys()) {
      if (this.admits(campaign, day)) rows.set(offset, this.#rankOf[campaign] ?? 0);
    }
    this.#rowOfDay.set(day, row);
    return row;
  }
}
