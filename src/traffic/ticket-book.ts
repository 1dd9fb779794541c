import type { Random } from './random.ts';

const room = 65_536;

/** What became of a ticket. */
export const inPlay = 0;
export const paidOut = 1;
export const takenBack = 2;

/** The last tickets that were sold, as columns; the oldest makes room for the newest. Amounts are cents. */
export class TicketBook {
  /** Terminal, day of the year, serial: 14 digits. */
  readonly numbers: Float64Array = new Float64Array(room);
  /** Serial of the race. */
  readonly races: Float64Array = new Float64Array(room);
  readonly stakes: Float64Array = new Float64Array(room);
  readonly soldBy: Float64Array = new Float64Array(room);
  readonly soldAt: Float64Array = new Float64Array(room);
  /** The second movement, if any. */
  readonly endedBy: Float64Array = new Float64Array(room);
  readonly endedAt: Float64Array = new Float64Array(room);
  readonly states: Uint8Array = new Uint8Array(room);
  #sold = 0;

  /** Add a ticket in play; returns its place. */
  add(number: number, race: number, stake: number, terminal: number, time: number): number {
    const place = this.#sold++ % room;
    this.numbers[place] = number;
    this.races[place] = race;
    this.stakes[place] = stake;
    this.soldBy[place] = terminal;
    this.soldAt[place] = time;
    this.states[place] = inPlay;
    return place;
  }

  /** End a ticket at a terminal. */
  end(place: number, state: number, terminal: number, time: number): void {
    this.states[place] = state;
    this.endedBy[place] = terminal;
    this.endedAt[place] = time;
  }

  get isEmpty(): boolean {
    return this.#sold === 0;
  }

  /** Draw a ticket, −1 when there is none. */
  draw(random: Random): number {
    return this.#sold === 0 ? -1 : random.below(Math.min(this.#sold, room));
  }

  /** Draw one of the oldest that are known, −1 when there is none. */
  drawOld(random: Random): number {
    const known = Math.min(this.#sold, room);
    return known === 0 ? -1 : (this.#sold - known + random.below(Math.ceil(known / 8))) % room;
  }
}

/**
 * What a ticket wins if its race is over, as a multiple of the stake in tenths; 0 for most. It follows from the number alone, as if
 * the number were the horses.
 */
export function winningTenths(number: number): number {
  let hash = Math.imul((number % 1_000_000_007) | 0, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  const draw = (hash ^ (hash >>> 13)) >>> 0;
  if (draw % 100 >= 28) return 0;
  const tail = (draw >>> 8) % 1000;
  return tail < 10 ? 500 + tail * 437 : 11 + Math.floor((tail * tail) / 9000);
}
