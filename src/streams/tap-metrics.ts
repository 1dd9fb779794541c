import { type MonoTypeOperatorFunction, tap } from 'rxjs';
import type { Batch } from './batch.ts';

/** What is counted of a batch: every list it carries, by its name. */
export interface BatchMetrics {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * Count the messages and the other outputs of every batch that goes by, and change nothing.
 *
 * ```
 * in:   --(a b)------()---|
 *       tapMetrics(record)     messages 2, then messages 0
 * out:  --(a b)------()---|
 * ```
 */
export function tapMetrics<Carrier extends Batch<unknown>>(
  record: (metrics: BatchMetrics) => void,
): MonoTypeOperatorFunction<Carrier> {
  return tap((batch) => {
    const { partition, from, to } = batch;
    const counts = new Map<string, number>();
    for (const [name, value] of Object.entries(batch)) if (Array.isArray(value)) counts.set(name, value.length);
    record({ partition, from, to, counts });
  });
}
