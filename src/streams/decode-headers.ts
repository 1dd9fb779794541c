import { map, type OperatorFunction } from 'rxjs';
import type { Batch } from './batch.ts';
import type { HeadedBatch } from './headed-batch.ts';
import type { JournalEntry } from './journal-entry.ts';
import { type HeaderView, readHeaders } from './read-headers.ts';

/**
 * Read the header of every frame, and nothing else of it.
 *
 * ```
 * in:   --(f1 f2 t)----(f3)---|     frames and ticks
 *       decodeHeaders(header)
 * out:  --(f1 f2 t)----(f3)---|     the same, with columns of directions, keys, sequences and times
 * ```
 *
 * A frame whose header cannot be read stays in its place, with the reason; `correlate` puts it out as quarantined.
 */
export function decodeHeaders(header: HeaderView): OperatorFunction<Batch<JournalEntry>, HeadedBatch> {
  return map((batch) => readHeaders(batch, header));
}
