import { defer, map, type OperatorFunction } from 'rxjs';
import type { CorrelateSettings } from './correlate-settings.ts';
import type { CorrelatedBatch } from './correlated-batch.ts';
import { type Correlator, type CorrelatorOptions, createCorrelator } from './correlator.ts';
import type { HeadedBatch } from './headed-batch.ts';

/**
 * Join requests to responses by the journal rule. Matched pairs are the messages of the batch that comes out, all other ends of frames are
 * its named outputs.
 *
 * ```
 * in:   --(Q1 Q2 R1)-------(R2 t)----------|     Q request, R response, t tick
 *       correlate({ before, after, grace, disorder })
 * out:  --(Q1+R1)----------(Q2+R2)---------|
 * ```
 *
 * Give a correlator instead of settings to commit or restore its state; it belongs to one subscription then.
 */
export function correlate(
  settings: CorrelateSettings | Correlator,
  options: CorrelatorOptions = {},
): OperatorFunction<HeadedBatch, CorrelatedBatch> {
  return (source) =>
    defer(() => {
      const correlator = 'correlate' in settings ? settings : createCorrelator(settings, options);
      return source.pipe(map((batch) => correlator.correlate(batch)));
    });
}
