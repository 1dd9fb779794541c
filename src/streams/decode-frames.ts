import { map, type OperatorFunction } from 'rxjs';
import type { Batch } from './batch.ts';
import type { CorrelatedBatch, QuarantinedFrame } from './correlated-batch.ts';
import type { HeaderIssue } from './headed-batch.ts';
import type { MatchedPair } from './matched-pair.ts';

/** Reads a whole frame. With an issue the value is not used. */
export type ReadFrame<Value> = (bytes: Uint8Array) => { readonly value: Value; readonly issue: HeaderIssue | null };

/** A matched pair with what its frames say. */
export interface DecodedPair<Value> {
  readonly pair: MatchedPair;
  readonly request: Value;
  readonly response: Value;
}

/** A correlated batch whose pairs were decoded. */
export interface DecodedBatch<Value> extends Omit<CorrelatedBatch, 'messages'>, Batch<DecodedPair<Value>> {
  /** Matched pairs that do not decode. They stay matched; their frames with an issue are among the quarantined ones too. */
  readonly undecoded: readonly MatchedPair[];
}

/**
 * Decode both frames of every matched pair.
 *
 * ```
 * in:   --(p1 p2)------(p3)---|     pairs
 *       decodeFrames(read)
 * out:  --(d1 d2)------()-----|     p3 does not decode: it is in `undecoded`
 * ```
 */
export function decodeFrames<Value>(read: ReadFrame<Value>): OperatorFunction<CorrelatedBatch, DecodedBatch<Value>> {
  return map((batch) => {
    const messages: DecodedPair<Value>[] = [];
    const undecoded: MatchedPair[] = [];
    const refused: QuarantinedFrame[] = [];
    for (const pair of batch.messages) {
      const request = read(pair.request.bytes);
      const response = read(pair.response.bytes);
      if (request.issue === null && response.issue === null) {
        messages.push({ pair, request: request.value, response: response.value });
        continue;
      }
      undecoded.push(pair);
      for (const [{ position, bytes }, { issue }] of [
        [pair.request, request],
        [pair.response, response],
      ] as const) {
        if (issue !== null) refused.push({ position, bytes, ...issue });
      }
    }
    const quarantined = refused.length === 0 ? batch.quarantined : [...batch.quarantined, ...refused];
    return { ...batch, messages, undecoded, quarantined };
  });
}
