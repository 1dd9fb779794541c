import type { FrameRules } from './frame-rules.ts';
import type { FrameProblem } from './piece.ts';
import { type ProtocolFormat, rulesOf } from './rules-of.ts';

/**
 * Walks over the frames of bytes in memory without allocating: one view that is moved from piece to piece.
 *
 * It finds the same pieces as the framer of the format does, without `skip` options: `while (cursor.next()) …`.
 */
export class FrameCursor {
  readonly #rules: FrameRules;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #next: number;

  /** Whether these bytes are garbage, of which a piece has at most 64 KiB. */
  garbage = false;
  /** Where the frame starts, behind its prefix. */
  offset = 0;
  /** Bytes of the frame, without its prefix. */
  length = 0;

  /** Start before the bytes from `from` to `to`. Throws USAGE as `createFramer` does. */
  constructor(format: ProtocolFormat, bytes: Uint8Array, from = 0, to: number = bytes.length) {
    this.#rules = rulesOf(format);
    this.#bytes = bytes;
    this.#next = from;
    this.#end = Math.min(to, bytes.length);
  }

  /** Go to the next piece; `false` when there is none. */
  next(): boolean {
    const rules = this.#rules;
    const finding = rules.decide(this.#bytes, this.#next, this.#end, true);
    if (finding === 'more') return false;
    this.garbage = finding === 'garbage';
    this.offset = this.garbage ? this.#next : this.#next + rules.prefix;
    this.length = rules.length;
    this.#next = this.offset + rules.length;
    return true;
  }

  /** Capture time of the frame in milliseconds since 1970-01-01T00:00:00Z, with fractions; NaN where there is none. */
  get time(): number {
    const rules = this.#rules;
    return this.garbage ? Number.NaN : rules.timeAt(this.#bytes, this.offset - rules.prefix);
  }

  /** What is wrong with the frame, or why the bytes are garbage. */
  get problem(): FrameProblem | null {
    return this.#rules.problem;
  }

  /** The garbage goes on from the piece before. */
  get continued(): boolean {
    return this.garbage && this.#rules.continued;
  }
}
