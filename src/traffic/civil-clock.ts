const dayLength = 86_400_000;

/**
 * Date and time of the tote, as its frames write them. Always an hour ahead of UTC, in summer too: the traffic of a seed must not
 * depend on what a machine knows of time zones.
 */
export class CivilClock {
  /** Minutes ahead of UTC. */
  readonly offset = 60;
  #day = Number.NaN;
  #date = 0;
  #dayOfYear = 0;

  /** `YYYYMMDD` as a number, for milliseconds since 1970 UTC. */
  date(time: number): number {
    this.#find(time);
    return this.#date;
  }

  /** `HHMMSS` as a number. */
  time(time: number): number {
    const seconds = Math.floor((((time + this.offset * 60_000) % dayLength) + dayLength) / 1000) % 86_400;
    const minutes = Math.floor(seconds / 60);
    return Math.floor(minutes / 60) * 10_000 + (minutes % 60) * 100 + (seconds % 60);
  }

  /** 1 to 366. */
  dayOfYear(time: number): number {
    this.#find(time);
    return this.#dayOfYear;
  }

  #find(time: number): void {
    const day = Math.floor((time + this.offset * 60_000) / dayLength);
    if (day === this.#day) return;
    this.#day = day;
    const local = new Date(day * dayLength);
    const year = local.getUTCFullYear();
    this.#date = year * 10_000 + (local.getUTCMonth() + 1) * 100 + local.getUTCDate();
    this.#dayOfYear = day - Date.UTC(year, 0, 1) / dayLength + 1;
  }
}
