import { map, type OperatorFunction } from 'rxjs';
import type { CorrelatedBatch } from '../streams/correlated-batch.ts';
import type { FlowBatch } from './flow-outputs.ts';
import type { FrameDecoder } from './frame-decoder.ts';

/** Decode both frames of every matched pair, when they are asked for: many at once, and as lines of JSON alone. */
export function decodePairs(decoder: FrameDecoder): OperatorFunction<CorrelatedBatch, FlowBatch> {
  return map((batch) => ({ ...batch, decoded: decoder.decode(batch.messages) }));
}
