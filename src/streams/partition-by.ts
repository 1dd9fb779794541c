import { map, type OperatorFunction } from 'rxjs';
import { OverpunchError } from '../errors.ts';
import type { Batch } from './batch.ts';

/** A batch whose messages were sorted by where they go. */
export interface PartitionedBatch<Message> extends Batch<Message> {
  /** Messages by partition, in their order; as many as there are partitions. */
  readonly parts: readonly (readonly Message[])[];
}

/**
 * Sort the messages of a batch by the partition they go to; the batch itself, with its positions, stays one.
 *
 * ```
 * in:   --(a1 b1 a2)-----|
 *       partitionBy(partitionOf, 2)
 * out:  --(a1 b1 a2)-----|     parts: [a1 a2] [b1]
 * ```
 */
export function partitionBy<Message, Carrier extends Batch<Message>>(
  partitionOf: (message: Message) => number,
  partitions: number,
): OperatorFunction<Carrier & Batch<Message>, Carrier & PartitionedBatch<Message>> {
  return map((batch) => {
    const parts = Array.from({ length: partitions }, (): Message[] => []);
    for (const message of batch.messages) {
      const partition = partitionOf(message);
      const part = parts[partition];
      if (part === undefined) throw new OverpunchError('USAGE', `partition ${partition} of ${partitions}`);
      part.push(message);
    }
    return { ...batch, parts };
  });
}
