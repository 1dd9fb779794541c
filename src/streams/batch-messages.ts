import { asyncScheduler, Observable, type OperatorFunction, type SchedulerLike, type Subscription } from 'rxjs';
import type { Batch } from './batch.ts';

/** When a batch is full, and what it is called. */
export interface BatchOptions<Message> {
  readonly partition: number;
  /** A message's place in its partition. */
  readonly position: (message: Message) => number;
  /** Most messages of a batch. */
  readonly size: number;
  /** Milliseconds after which a batch goes out that is not full. Default: it waits until it is. */
  readonly time?: number | undefined;
  /** Default: the system's clock. */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * Gather messages in batches: a batch goes out when it is full, when time is up since its first message, and at the end.
 *
 * ```
 * in:   --a--b--c--d---------|
 *       batch({ size: 3, time: 5 })
 * out:  --------(abc)---(d)--|
 * ```
 */
export function batch<Message>(options: BatchOptions<Message>): OperatorFunction<Message, Batch<Message>> {
  const { partition, position, size, time, scheduler = asyncScheduler } = options;
  return (source) =>
    new Observable((subscriber) => {
      let messages: Message[] = [];
      let timer: Subscription | null = null;
      const flush = (): void => {
        timer?.unsubscribe();
        timer = null;
        const [first] = messages;
        const last = messages.at(-1);
        if (first === undefined || last === undefined) return;
        const full = messages;
        messages = []; // before it goes out: whoever takes it may send the next message
        let made: Batch<Message>;
        try {
          made = { partition, messages: full, from: position(first), to: position(last) + 1 };
        } catch (error) {
          subscriber.error(error);
          return;
        }
        subscriber.next(made);
      };
      subscriber.add(
        source.subscribe({
          next: (message) => {
            messages.push(message);
            if (messages.length >= size) flush();
            else if (time !== undefined && timer === null) timer = scheduler.schedule(flush, time);
          },
          error: (error) => subscriber.error(error),
          complete: () => {
            flush();
            subscriber.complete();
          },
        }),
      );
      subscriber.add(() => {
        timer?.unsubscribe();
        timer = null;
        messages = [];
      });
    });
}
