import { defer, map, type OperatorFunction } from 'rxjs';
import type { Batch } from './batch.ts';
import type { WithMessages } from './to-events.ts';

/** A batch whose repeated messages stand apart. */
export interface DedupedBatch<Message> extends Batch<Message> {
  readonly repeated: readonly Message[];
}

/**
 * Let each identity through once, as long as it is among the latest `limit` that were seen.
 *
 * ```
 * in:   --(a b a)------(b c)---|
 *       dedupe(identity, 1000)
 * out:  --(a b)--------(c)-----|     a and b are in `repeated`
 * ```
 *
 * What it remembers is not kept over a restart: for that, `correlate` or a sequence that is committed.
 */
export function dedupe<Message, Carrier extends Batch<Message>>(
  identity: (message: Message) => string | number,
  limit: number,
): OperatorFunction<Carrier & Batch<Message>, WithMessages<Carrier, Message> & DedupedBatch<Message>> {
  return (source) =>
    defer(() => {
      const seen = new Set<string | number>(); // in the order in which they were seen last
      return source.pipe(
        map((batch) => {
          const messages: Message[] = [];
          const repeated: Message[] = [];
          for (const message of batch.messages) {
            const name = identity(message);
            (seen.delete(name) ? repeated : messages).push(message);
            seen.add(name);
            if (seen.size > limit) for (const [oldest] of seen.entries()) if (seen.delete(oldest)) break;
          }
          return { ...batch, messages, repeated };
        }),
      );
    });
}
