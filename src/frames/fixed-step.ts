import { type FrameWindow, maximumFrameLength } from './frame-window.ts';
import type { FrameProblem } from './piece.ts';

/**
 * How long the record at the front is: a number, or a function of the bytes there.
 *
 * The function gets `reach` bytes, fewer only where the input ends, and gives the bytes of the whole record, or `null` when
 * they cannot be told.
 */
export type RecordLength = number | { readonly reach: number; readonly of: (bytes: Uint8Array) => number | null };

/** Cut records without descriptor words: all of one length, or each as long as its own bytes say. */
export function fixedStep(recordLength: RecordLength): (window: FrameWindow) => boolean {
  return (window) => {
    const { available, ended } = window;
    if (available === 0) return false;
    let length: number | null;
    if (typeof recordLength === 'number') {
      length = recordLength;
    } else {
      if (available < recordLength.reach && !ended) return false;
      length = recordLength.of(window.peek(recordLength.reach));
    }
    if (length === null || !Number.isSafeInteger(length) || length < 1 || length > maximumFrameLength) {
      const found = length === null ? 'cannot be read' : `is ${length}`;
      window.discard(
        Number.POSITIVE_INFINITY,
        'FRAME_LENGTH',
        `the record length ${found}; the rest of the file is lost`,
      );
      return true;
    }
    if (available >= length) {
      window.record(length, null);
      return true;
    }
    if (!ended) return false;
    window.record(available, cutRecord(available, length));
    return true;
  };
}

/** What is wrong with a last record of which the input has only so many bytes. */
export function cutRecord(available: number, length: number): FrameProblem {
  return { code: 'FRAME_CUT', message: `the input ends after ${available} of the record's ${length} bytes` };
}
