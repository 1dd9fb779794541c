import { exponential } from './quantiles.ts';
import type { Random } from './random.ts';

const period = 360; // seconds from one race to the next
const rush = 300; // the last five minutes
const rise = 14; // how many times more there is at the start than in quiet minutes

/**
 * When customers come to the counters: a Poisson process that rises steeply in the last five minutes before every race. `rate` is the
 * mean per second, from the start of the traffic to `end` seconds after it, infinite for an open end.
 */
export class Arrivals {
  readonly #intensity = new Float64Array(period);
  readonly #random: Random;
  #time = 0;

  /** `firstOff`: seconds from the start of the traffic to the first race. */
  constructor(rate: number, firstOff: number, end: number, random: Random) {
    this.#random = random;
    for (let second = 0; second < period; second++) {
      const left = (((firstOff - second - 0.5) % period) + period) % period;
      const near = left < rush ? 1 - left / rush : 0;
      this.#intensity[second] = 1 + rise * near * near * near;
    }
    const mean = this.#mean(end);
    for (let second = 0; second < period; second++)
      this.#intensity[second] = ((this.#intensity[second] as number) * rate) / mean;
  }

  /** Time of the next arrival, in seconds after the start. */
  next(): number {
    let left = exponential.draw(this.#random);
    let time = this.#time;
    for (;;) {
      const second = Math.floor(time);
      const intensity = this.#intensity[second % period] as number;
      const room = (second + 1 - time) * intensity;
      if (left <= room) {
        this.#time = time + left / intensity;
        return this.#time;
      }
      left -= room;
      time = second + 1;
    }
  }

  /** Mean over the seconds until the end. */
  #mean(end: number): number {
    const whole = this.#intensity.reduce((sum, value) => sum + value, 0);
    if (!Number.isFinite(end)) return whole / period;
    if (end <= 0) return this.#intensity[0] ?? 1;
    const periods = Math.floor(end / period);
    let sum = periods * whole;
    for (let second = periods * period; second < end; second++) {
      sum += (this.#intensity[second % period] as number) * Math.min(1, end - second);
    }
    return sum / end;
  }
}
