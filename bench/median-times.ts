/** Does its work once and returns how many items that was. */
export type Contender = () => number;

/**
 * Time contenders: in every round each of them once, in turn, so that what disturbs the machine disturbs all of them; one round goes
 * before to warm up. Returns the median of nanoseconds per item, by name.
 *
 * It is the processor's time that counts: contenders that wait for something cannot be timed so.
 */
export function medianTimes<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  rounds: number,
): Readonly<Record<Name, number>> {
  const entries = Object.entries(contenders) as [Name, Contender][];
  const times = new Map<Name, number[]>(entries.map(([name]) => [name, []]));
  for (const [, contender] of entries) contender();
  for (let round = 0; round < rounds; round++) {
    for (const [name, contender] of entries) {
      const started = process.cpuUsage();
      const count = contender();
      const { user, system } = process.cpuUsage(started); // microseconds
      times.get(name)?.push(((user + system) * 1000) / count);
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
