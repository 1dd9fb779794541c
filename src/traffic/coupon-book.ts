import type { Random } from './random.ts';

const room = 4096;

/** What may be done with a coupon. */
export const valid = 0;
export const withdrawn = 1;
export const used = 2;

/** The last coupons that were printed, as columns. Values are cents. */
export class CouponBook {
  /** Point of sale and serial: 12 digits. */
  readonly numbers: Float64Array = new Float64Array(room);
  readonly values: Float64Array = new Float64Array(room);
  readonly states: Uint8Array = new Uint8Array(room);
  #printed = 0;

  add(number: number, value: number, state: number): void {
    const place = this.#printed++ % room;
    this.numbers[place] = number;
    this.values[place] = value;
    this.states[place] = state;
  }

  /** Serial of the next coupon. */
  get nextSerial(): number {
    return (this.#printed % 9_999_999) + 1;
  }

  /** Draw one, −1 when there is none. */
  draw(random: Random): number {
    return this.#printed === 0 ? -1 : random.below(Math.min(this.#printed, room));
  }
}
