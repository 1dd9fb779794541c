import type { FrameProblem } from './piece.ts';
import type { Surroundings } from './surroundings.ts';
import type { WrittenAccount } from './written-account.ts';

/**
 * Puts records into a file, so that the framer of the same format gives them back.
 *
 * Bytes around records come from their surroundings in the original where there are any, as far as they still fit.
 */
export interface FrameWriter {
  readonly account: Readonly<WrittenAccount>;
  /** Give the bytes that a record adds to the file, or say why it cannot be in it: then it adds none. */
  add(record: Uint8Array, surroundings: Surroundings | null): readonly Uint8Array[] | FrameProblem;
  /** Give what is left to write; `behind` is what followed the last record in the original. */
  end(behind: Uint8Array | null): readonly Uint8Array[];
}
