import type { Random } from './random.ts';

const steps = 4096;

/**
 * The quantiles of a distribution in equal steps, from which a random number takes its value.
 *
 * Made with additions, multiplications and divisions alone, which IEEE 754 fixes to the last bit: `Math.log` may differ between
 * machines, and then the same seed would give other traffic.
 */
export class Quantiles {
  readonly #values: Float64Array;

  constructor(values: Float64Array) {
    this.#values = values;
  }

  /** Draw a value. */
  draw(random: Random): number {
    const values = this.#values;
    const place = random.fraction() * (values.length - 1);
    const index = Math.floor(place);
    const low = values[index] as number;
    return low + (place - index) * ((values[index + 1] as number) - low);
  }
}

/** The exponential distribution of mean 1: gaps between arrivals that know nothing of each other. */
export const exponential: Quantiles = exponentialQuantiles();

/** A distribution through some points `[probability, value]`, straight between them. The first is at 0, the last at 1. */
export function quantilesThrough(points: readonly (readonly [probability: number, value: number])[]): Quantiles {
  const values = new Float64Array(steps + 1);
  let next = 1;
  for (let index = 0; index <= steps; index++) {
    const probability = index / steps;
    while ((points[next]?.[0] ?? 1) < probability) next++;
    const [from, low] = points[next - 1] ?? [0, 0];
    const [to, high] = points[next] ?? [1, low];
    values[index] = low + ((probability - from) / (to - from)) * (high - low);
  }
  return new Quantiles(values);
}

function exponentialQuantiles(): Quantiles {
  const values = new Float64Array(steps + 1);
  let sum = 0;
  for (let index = 0; index < steps; index++) {
    values[index] = negativeLogarithm(1 - index / steps);
    if (index > 0) sum += ((values[index] as number) + (values[index - 1] as number)) / 2;
  }
  // The end, which would be infinite, is where it makes the mean 1.
  values[steps] = 2 * (steps - sum) - (values[steps - 1] as number);
  return new Quantiles(values);
}

/** −ln x for 0 < x ≤ 1: x is doubled to the range above 1/2, and there ln x = 2 artanh((x − 1) / (x + 1)). */
function negativeLogarithm(x: number): number {
  const halfLogarithm = Math.LN2;
  let scaled = x;
  let doublings = 0;
  while (scaled <= 0.5) {
    scaled *= 2;
    doublings++;
  }
  const ratio = (1 - scaled) / (1 + scaled);
  let power = ratio;
  let sum = 0;
  for (let odd = 1; odd < 60; odd += 2) {
    sum += power / odd;
    power *= ratio * ratio;
  }
  return 2 * sum + doublings * halfLogarithm;
}
