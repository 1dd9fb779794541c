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
  readonly meeting: number | null;
  readonly race: number | null;
  /** Euros. */
  readonly stake: number | null;
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
  meeting: number,
  race: number,
  stake: number,
});

/** Events of the topic `payments`. */
export const paymentEvent: z.ZodType<PaymentEvent> = z.strictObject({ ...ofTicket, amount: number });

/** Events of the topic `cancels`. */
export const cancelEvent: z.ZodType<CancelEvent> = z.strictObject({ ...ofTicket, amount: number });

/** Events of the topic `notices`. */
export const noticeEvent: z.ZodType<NoticeEvent> = z.strictObject({
  ...common,
  meeting: number,
  race: number,
  horse: number,
});
