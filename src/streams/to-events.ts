import { map, type OperatorFunction } from 'rxjs';
import type { Batch } from './batch.ts';

/** A batch with other messages; whatever else it carries stays. */
export type WithMessages<Carrier, Message> = Omit<Carrier, 'messages'> & Batch<Message>;

/**
 * Make events of messages: none, one or several of each, in their order.
 *
 * ```
 * in:   --(m1 m2)--------(m3)---|
 *       toEvents(eventsOf)
 * out:  --(e1a e1b e2)---()-----|
 * ```
 */
export function toEvents<Message, Event, Carrier extends Batch<Message>>(
  eventsOf: (message: Message) => Iterable<Event>,
): OperatorFunction<Carrier & Batch<Message>, WithMessages<Carrier, Event>> {
  return map((batch) => {
    const messages: Event[] = [];
    for (const message of batch.messages) messages.push(...eventsOf(message));
    return { ...batch, messages };
  });
}
