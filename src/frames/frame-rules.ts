import { garbagePiece } from './frame-window.ts';
import type { FrameProblem } from './piece.ts';

/** What is at the front: a frame, bytes that are none, or something that more bytes must tell. */
export type Finding = 'frame' | 'garbage' | 'more';

/** Whether bytes are the start of a frame that can be trusted, or more bytes must tell. */
export type Trust = 'yes' | 'no' | 'more';

/**
 * How frames are told from bytes that are none, wherever the bytes are: in a window on a stream, or all in memory.
 *
 * `decide` looks at the front and says what is there in the members, which change with each call: nothing is allocated for a frame
 * without a problem. Then it wants to be asked again behind that, or, after `more`, at the same front with more bytes. What it
 * says depends on the bytes alone, not on how many are at hand.
 */
export abstract class FrameRules {
  /** Bytes before the frame that are no part of it. */
  readonly prefix: number;
  /** Bytes of the frame without its prefix, or of the garbage: at hand, and at most 64 KiB of garbage. */
  length = 0;
  /** Of the frame, or why bytes are garbage. */
  problem: FrameProblem | null = null;
  /** The garbage goes on from the one before. */
  continued = false;

  #lost: FrameProblem | null = null; // why the next frame is being looked for
  #looked = 0; // bytes at the front that are known to be garbage then
  #pieces = 0; // of that garbage so far

  constructor(prefix: number) {
    this.prefix = prefix;
  }

  /** Look at the bytes from `at` to `end`; `ended` says that none will follow. */
  decide(bytes: Uint8Array, at: number, end: number, ended: boolean): Finding {
    if (this.#lost !== null) {
      const finding = this.#look(bytes, at, end, ended, this.#lost);
      if (finding !== 'frame') return finding;
    }
    return this.take(bytes, at, end, ended);
  }

  /** The capture time in the prefix at a place, in milliseconds with fractions; NaN where there is none. */
  abstract timeAt(bytes: Uint8Array, at: number): number;

  /** Decide where the last frame ended, or a trusted one starts. */
  protected abstract take(bytes: Uint8Array, at: number, end: number, ended: boolean): Finding;

  /** Say whether a trusted frame starts at a place in the midst of garbage. */
  protected abstract trust(bytes: Uint8Array, at: number, end: number, ended: boolean): Trust;

  /** Take a frame as `take` found it. */
  protected frame(length: number, problem: FrameProblem | null): Finding {
    this.length = length;
    this.problem = problem;
    return 'frame';
  }

  /** Take a frame that the input cuts after `length` bytes. */
  protected cutFrame(length: number, whole: number): Finding {
    const message = `the input ends after ${length} of the frame's ${whole} bytes`;
    return this.frame(length, { code: 'FRAME_CUT', message });
  }

  /** Take the last bytes of the input, too few for a frame. */
  protected rest(length: number, place: string): Finding {
    this.length = length;
    this.problem = { code: 'FRAME_CUT', message: `the input ends inside ${place}` };
    this.continued = false;
    return 'garbage';
  }

  /** Give up on the bytes at the front, up to the next frame that can be trusted. */
  protected lose(bytes: Uint8Array, at: number, end: number, ended: boolean, problem: FrameProblem): Finding {
    this.#lost = problem;
    this.#looked = 1;
    this.#pieces = 0;
    return this.#look(bytes, at, end, ended, problem);
  }

  /** Look for the next frame; `frame` says that it is at the front. No place is looked at twice, except to wait for its end. */
  #look(bytes: Uint8Array, at: number, end: number, ended: boolean, problem: FrameProblem): Finding {
    let next = at + this.#looked;
    const most = at + garbagePiece;
    let trust: Trust = 'no';
    while (next < most && next < end) {
      trust = this.trust(bytes, next, end, ended);
      if (trust !== 'no') break;
      next += 1;
    }
    this.#looked = next - at;
    if (trust === 'more' || (trust === 'no' && next < most && !ended)) return 'more';
    if (trust === 'yes') this.#lost = null;
    if (next === at) return trust === 'yes' ? 'frame' : 'more';
    this.length = next - at;
    this.problem = problem;
    this.continued = this.#pieces > 0;
    this.#pieces += 1;
    this.#looked = 0;
    return 'garbage';
  }
}
