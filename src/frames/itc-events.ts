import { z } from 'zod';

/** What every event of the ITC sample protocol has. What the terminal left blank, or a shorter frame lacks, is null. */
export interface ItcEvent {
  /** The same in every replay. */
  readonly id: string;
  /** The terminal that asked. */
  readonly terminal: number | null;
  /** When it asked: milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number;
}

/** A bet that was taken. */
export interface BetEvent extends ItcEvent {
  readonly bet: string | null;
  readonly ticket: string | null;
  /** `SG`, `CP`, `QI`, …; null for several bets on one ticket. */
  readonly type: string | null;
  /** 0 for as many horses as there are places, 1 combined, 2 reduced field, 3 whole field. */
  readonly formula: number | null;
  /** The day of the race, `20260301`. */
  readonly date: number | null;
  readonly meeting: number | null;
  readonly race: number | null;
  /** Euros. */
  readonly stake: number | null;
  /** Horses that are in all combinations, and those that fill the places they leave; in a whole field these are all others that run. */
  readonly bases: number | null;
  readonly associates: number | null;
  readonly runners: number | null;
  /** 1: the machine chose the horses. */
  readonly spot: number | null;
}

/** A ticket that was paid. */
export interface PaymentEvent extends ItcEvent {
  readonly bet: string | null;
  readonly ticket: string | null;
  /** Euros. */
  readonly amount: number | null;
}

/** A bet that was cancelled, and what was paid back. */
export interface CancelEvent extends PaymentEvent {}

/** A coupon that was used. */
export interface RedemptionEvent extends ItcEvent {
  readonly coupon: string | null;
  /** Euros. */
  readonly value: number | null;
}

/** What the central system told a terminal about a race. */
export interface NoticeEvent extends ItcEvent {
  readonly meeting: number | null;
  readonly race: number | null;
  /** The horse that was scratched. */
  readonly horse: number | null;
}

const text = (longest: number): z.ZodType<string | null> => z.string().max(longest).nullable();
const number: z.ZodType<number | null> = z.number().nullable();
const common = { id: z.string(), terminal: number, time: z.number().int() };
const ofTicket = { ...common, bet: text(14), ticket: text(14) };

/** Events of the topic `bets`. */
export const betEvent: z.ZodType<BetEvent> = z.strictObject({
  ...ofTicket,
  type: text(2),
  formula: number,
  date: number,
  meeting: number,
  race: number,
  stake: number,
  bases: number,
  associates: number,
  runners: number,
  spot: number,
});

/** Events of the topic `payments`. */
export const paymentEvent: z.ZodType<PaymentEvent> = z.strictObject({ ...ofTicket, amount: number });

/** Events of the topic `cancels`. */
export const cancelEvent: z.ZodType<CancelEvent> = z.strictObject({ ...ofTicket, amount: number });

/** Events of the topic `redemptions`. */
export const redemptionEvent: z.ZodType<RedemptionEvent> = z.strictObject({
  ...common,
  coupon: text(12),
  value: number,
});

/** Events of the topic `notices`. */
export const noticeEvent: z.ZodType<NoticeEvent> = z.strictObject({
  ...common,
  meeting: number,
  race: number,
  horse: number,
});
