import type { RunResult } from '../../dist/codec/compiled/create-compiled-decoder.js';
import type { DecodingSpace } from '../../dist/codec/compiled/decoding-space.js';
import type { TakeLines } from './take-lines.ts';

/** Decode some records in a space: run after run, from the record it is told; what is unusual by the reference decoder. */
export function decodePiece(
  space: DecodingSpace,
  count: number,
  take: TakeLines,
  run: (first: number) => RunResult,
  lineOf: (index: number) => string,
): void {
  space.clear();
  for (let first = 0; first < count; ) {
    const { done, stopped } = run(first);
    first += done;
    if (stopped === 'unusual') {
      const line = lineOf(first);
      if (!space.append(line)) {
        take(space.output);
        space.clear();
        if (!space.append(line)) take(Buffer.from(`${line}\n`));
      }
      first++;
    } else if (stopped === 'full') {
      take(space.output);
      space.clear();
    }
  }
  take(space.output);
}
