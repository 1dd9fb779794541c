import type { Frame, FrameProblem } from './piece.ts';

/**
 * A frame that was cut off an input.
 *
 * It has a constructor, as the engine soon puts what literals make many of where only a full collection finds it: that kept the bytes of all
 * frames up to then.
 */
export class CutFrame implements Frame {
  readonly kind = 'record';
  readonly recordNumber: number;
  readonly offset: number;
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly problem: FrameProblem | null;
  readonly origin: null = null;
  readonly time: number | null;
  readonly line: number;

  constructor(
    recordNumber: number,
    offset: number,
    bytes: Uint8Array,
    problem: FrameProblem | null,
    time: number | null,
    line: number,
  ) {
    this.recordNumber = recordNumber;
    this.offset = offset;
    this.length = bytes.length;
    this.bytes = bytes;
    this.problem = problem;
    this.time = time;
    this.line = line;
  }
}
