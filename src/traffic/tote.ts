import type { Catalog } from '../frames/catalog/catalog.ts';
import { CivilClock } from './civil-clock.ts';
import { Conversations } from './conversations.ts';
import { CouponBook } from './coupon-book.ts';
import { Programme } from './programme.ts';
import { Random } from './random.ts';
import { Terminals } from './terminals.ts';
import { TicketBook } from './ticket-book.ts';
import { WireForm } from './wire-form.ts';
import { WordPool } from './word-pool.ts';

/** What there is in the simulated tote: all that questions and answers are about. */
export class Tote {
  readonly catalog: Catalog;
  /** Every frame's fields are asked for, not only its bytes. */
  readonly truth: boolean;
  readonly random: Random;
  readonly words: WordPool;
  readonly clock: CivilClock = new CivilClock();
  readonly programme: Programme;
  readonly terminals: Terminals;
  readonly tickets: TicketBook = new TicketBook();
  readonly coupons: CouponBook = new CouponBook();
  readonly talks: Conversations = new Conversations();
  /** Milliseconds since 1970: when what happens just now happens. */
  now: number;

  constructor(catalog: Catalog, seed: number, terminals: number, start: number, truth: boolean, meetings?: number) {
    this.catalog = catalog;
    this.truth = truth;
    this.random = new Random(seed);
    this.words = new WordPool(catalog.header.codepage);
    this.programme = new Programme(seed, start, meetings);
    this.terminals = new Terminals(terminals, new Random(seed, 2));
    this.now = start;
  }

  /** The wire form of a type; `null` when the catalog does not have it. */
  wire(name: string, digits: readonly string[] = [], views: readonly string[] = []): WireForm | null {
    const type = this.catalog.typeNamed(name);
    if (type === undefined) return null;
    return new WireForm(this.catalog, type, this.words, { digits: new Set(digits), views: new Set(views) });
  }

  get date(): number {
    return this.clock.date(this.now);
  }

  get time(): number {
    return this.clock.time(this.now);
  }

  /** Number of the next ticket of a terminal: point of sale, day of the year, serial. */
  nextTicket(terminal: number): number {
    const { numbers, serials } = this.terminals;
    const serial = ((serials[terminal] as number) % 999_999) + 1;
    serials[terminal] = serial;
    return this.ticketNumber(numbers[terminal] as number, this.clock.dayOfYear(this.now), serial);
  }

  /** A ticket of days before the traffic. */
  formerTicket(): number {
    const { terminals, random, clock } = this;
    const terminal = terminals.numbers[random.below(terminals.count)] as number;
    const day = (((clock.dayOfYear(this.now) - random.between(2, 45) + 364) % 365) + 365) % 365;
    return this.ticketNumber(terminal, day + 1, random.between(1, 3000));
  }

  ticketNumber(terminal: number, day: number, serial: number): number {
    return terminal * 1e9 + day * 1e6 + serial;
  }
}
