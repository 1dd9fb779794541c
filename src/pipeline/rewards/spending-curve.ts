const minute = 60_000;

/** What was spent up to a time, in cents. */
export interface SpendingPoint {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number;
  readonly spent: number;
}

/** How spending went, minute by minute of event time. */
export class SpendingCurve {
  readonly #byMinute = new Map<number, number>();

  /** Something was spent at a time, or came back. */
  add(time: number, cents: number): void {
    const at = Math.floor(time / minute);
    this.#byMinute.set(at, (this.#byMinute.get(at) ?? 0) + cents);
  }

  /** The curve with at most so many points, from the first change to the last: the end of each stretch counts. */
  points(most: number): readonly SpendingPoint[] {
    const minutes = [...this.#byMinute.keys()].sort((one, other) => one - other);
    const [first = 0] = minutes;
    const last = minutes.at(-1) ?? first;
    const stretch = Math.max(1, Math.ceil((last - first + 1) / most));
    const points: SpendingPoint[] = [];
    let spent = 0;
    for (const [index, at] of minutes.entries()) {
      spent += this.#byMinute.get(at) ?? 0;
      const next = minutes[index + 1];
      const isLast = next === undefined || Math.floor((next - first) / stretch) > Math.floor((at - first) / stretch);
      if (isLast) points.push({ time: (at + 1) * minute, spent });
    }
    return points;
  }
}
