import { Observable, type OperatorFunction } from 'rxjs';
import type { Batch } from './batch.ts';
import type { WithMessages } from './to-events.ts';

/** How messages are put in order. */
export interface ResequenceOptions<Message> {
  /** A message's number: without gaps, from one to the next. */
  readonly offset: (message: Message) => number;
  /** The first number. Default: that of the first message. */
  readonly start?: number | undefined;
  /** Most messages that wait for a missing one. When more would, it is given up. */
  readonly limit: number;
}

/** Numbers that did not come in time: from the first up to the last without it. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A batch in the order of its numbers. Its `to` stays behind messages that still wait, so that what is committed does too. */
export interface ResequencedBatch<Message> extends Batch<Message> {
  readonly gaps: readonly Gap[];
  /** Messages whose number was already let through or given up. */
  readonly repeated: readonly Message[];
}

/**
 * Restore the order by number within a bounded buffer. A gap is reported and passed over when the buffer is full, or the input ends.
 *
 * ```
 * in:   --(1 3)-----(2)------(5 6 7 8)------|
 *       resequence({ offset, limit: 3 })
 * out:  --(1)-------(2 3)----(5 6 7 8)------|     the last with the gap 4
 * ```
 */
export function resequence<Message, Carrier extends Batch<Message>>(
  options: ResequenceOptions<Message>,
): OperatorFunction<Carrier & Batch<Message>, WithMessages<Carrier, Message> & ResequencedBatch<Message>> {
  const { offset, limit } = options;
  return (source) =>
    new Observable((subscriber) => {
      const waiting = new Map<number, { readonly message: Message; readonly from: number }>();
      let next = options.start;
      let latest: (Carrier & Batch<Message>) | null = null;

      const letThrough = (messages: Message[]): void => {
        while (next !== undefined) {
          const found = waiting.get(next);
          if (found === undefined) return;
          waiting.delete(next++);
          messages.push(found.message);
        }
      };
      const giveUp = (gaps: Gap[]): void => {
        const to = [...waiting.keys()].reduce((one, other) => Math.min(one, other));
        if (next !== undefined && to > next) gaps.push({ from: next, to });
        next = to;
      };
      /** Let through what can be, until no more than `most` messages wait. */
      const put = (batch: Carrier & Batch<Message>, most: number, from: number): void => {
        const messages: Message[] = [];
        const repeated: Message[] = [];
        const gaps: Gap[] = [];
        if (from === batch.from) {
          for (const message of batch.messages) {
            const number = offset(message);
            next ??= number;
            if (number < next || waiting.has(number)) repeated.push(message);
            else waiting.set(number, { message, from: batch.from });
            letThrough(messages);
            while (waiting.size > limit) {
              giveUp(gaps);
              letThrough(messages);
            }
          }
        }
        while (waiting.size > most) {
          giveUp(gaps);
          letThrough(messages);
        }
        let to = batch.to;
        for (const held of waiting.values()) to = Math.min(to, held.from);
        subscriber.next({ ...batch, messages, gaps, repeated, from, to });
      };
      subscriber.add(
        source.subscribe({
          next: (batch) => {
            latest = batch;
            try {
              put(batch, limit, batch.from);
            } catch (error) {
              subscriber.error(error);
            }
          },
          error: (error) => subscriber.error(error),
          complete: () => {
            if (latest !== null && waiting.size > 0) put(latest, 0, latest.to);
            subscriber.complete();
          },
        }),
      );
      subscriber.add(() => {
        waiting.clear();
        latest = null;
      });
    });
}
