import type { Random } from './random.ts';

/** No more can be numbered: point of sale numbers have five digits, and 0 means all of them. */
export const mostTerminals = 89_000;

const numbers = 89_989; // a prime: steps of any length visit every number once
const step = 7919;

/** What a terminal does next. */
export type TerminalState = 0 | 1 | 2;
export const closed = 0;
export const opened = 1;
export const manned = 2;

/** The terminals, as columns: thousands of them, each with its counters. Amounts are cents. */
export class Terminals {
  readonly count: number;
  /** Points of sale: 5 digits, all different. */
  readonly numbers: Float64Array;
  readonly states: Uint8Array;
  readonly operators: Float64Array;
  readonly #transactions: Float64Array;
  readonly #requests: Float64Array;
  readonly #responses: Float64Array;
  /** Serial of the last ticket. */
  readonly serials: Float64Array;
  readonly bets: Float64Array;
  readonly sales: Float64Array;
  readonly cancellations: Float64Array;
  readonly cancelled: Float64Array;
  readonly payments: Float64Array;
  readonly paid: Float64Array;
  readonly float: Float64Array;
  /** Place of the last ticket it sold, −1 when there is none. */
  readonly lastTickets: Float64Array;
  readonly #random: Random;

  constructor(count: number, random: Random) {
    const column = (make: (index: number) => number): Float64Array => {
      const values = new Float64Array(count);
      for (let index = 0; index < count; index++) values[index] = make(index);
      return values;
    };
    this.count = count;
    this.#random = random;
    const first = random.below(numbers);
    this.numbers = column((index) => 10_001 + ((first + index * step) % numbers));
    this.states = Uint8Array.from({ length: count }, () => (random.below(12) === 0 ? closed : manned));
    this.operators = column(() => random.between(1, 999_999));
    this.#transactions = column(() => random.below(90_000));
    this.#requests = column(() => random.below(1_000_000));
    this.#responses = column(() => random.below(1_000_000));
    this.serials = column(() => random.below(2000));
    this.bets = column(() => random.below(200));
    this.sales = column((index) => (this.bets[index] ?? 0) * random.between(200, 900));
    this.cancellations = column(() => random.below(4));
    this.cancelled = column((index) => (this.cancellations[index] ?? 0) * random.between(150, 1500));
    this.payments = column(() => random.below(60));
    this.paid = column((index) => (this.payments[index] ?? 0) * random.between(200, 3000));
    this.float = column(() => random.between(1, 20) * 10_000);
    this.lastTickets = new Float64Array(count).fill(-1);
  }

  /** Draw one; a few are far busier than most. */
  draw(): number {
    const fraction = this.#random.fraction();
    return Math.floor(this.count * fraction * fraction);
  }

  /** Number of the next question at a terminal. */
  nextTransaction(terminal: number): number {
    const next = ((this.#transactions[terminal] as number) % 99_999) + 1;
    this.#transactions[terminal] = next;
    return next;
  }

  nextRequest(terminal: number): number {
    const next = ((this.#requests[terminal] as number) + 1) % 1_000_000_000;
    this.#requests[terminal] = next;
    return next;
  }

  nextResponse(terminal: number): number {
    const next = ((this.#responses[terminal] as number) + 1) % 1_000_000_000;
    this.#responses[terminal] = next;
    return next;
  }

  /** What is in the drawer. */
  balance(terminal: number): number {
    return (this.sales[terminal] as number) - (this.cancelled[terminal] as number) - (this.paid[terminal] as number);
  }

  /** Start a day: all totals are 0. */
  open(terminal: number, float: number): void {
    this.states[terminal] = opened;
    this.float[terminal] = float;
    for (const column of [this.bets, this.sales, this.cancellations, this.cancelled, this.payments, this.paid]) {
      column[terminal] = 0;
    }
  }
}
