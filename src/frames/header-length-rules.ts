import { toHex } from '../bytes/hex.ts';
import { OverpunchError } from '../errors.ts';
import type { FrameCheck } from './frame-check.ts';
import { type Finding, FrameRules, type Trust } from './frame-rules.ts';

const shownBytes = 32; // of a header in a message

/**
 * Cut frames that follow each other, each as long as its header says.
 *
 * Behind an impossible length the next frame is where a header's length leads to another header, or to the end. A length that leads
 * to neither may be too long: then such a frame inside it ends it, and that the header says otherwise is left to whoever reads
 * the frame. So a frame is known when a header's bytes behind it are at hand, or, `live`, when nothing is behind it so far: then what a
 * header with a wrong length makes of the input depends on how it came in. Throws USAGE for headers without a length.
 */
export class HeaderLengthRules extends FrameRules {
  readonly #minimum: number;
  readonly #maximum: number;
  readonly #live: boolean;
  readonly #lengthAt: (bytes: Uint8Array, offset: number) => number;

  constructor({ minimum, maximum, lengthAt }: FrameCheck, live = false) {
    super(0);
    if (lengthAt === null) {
      throw new OverpunchError('USAGE', 'frames cannot follow each other when their header holds no length', {
        hint: 'name the length field of the header, or read a capture',
      });
    }
    this.#minimum = minimum;
    this.#maximum = maximum;
    this.#live = live;
    this.#lengthAt = lengthAt;
  }

  timeAt(): number {
    return Number.NaN;
  }

  protected take(bytes: Uint8Array, at: number, end: number, ended: boolean): Finding {
    const there = end - at;
    if (there < this.#minimum) return ended && there > 0 ? this.rest(there, 'the header of a frame') : 'more';
    const length = this.#lengthAt(bytes, at);
    if (!this.#isLength(length)) {
      const said = Number.isNaN(length) ? 'that cannot be read' : `of ${length}`;
      const found = toHex(bytes.subarray(at, at + Math.min(this.#minimum, shownBytes)));
      const expected = `a header with a length of ${this.#minimum} to ${this.#maximum} bytes`;
      const message = `${expected}, not one ${said} (${found}); the next frame is where one header leads to another`;
      return this.lose(bytes, at, end, ended, { code: 'HEADER_LENGTH', message });
    }
    if (there < length && !ended) return 'more';
    const leads = there < length ? 'no' : this.#leadsOn(bytes, at + length, end, ended);
    if (leads === 'more') return 'more';
    const inside = leads === 'yes' ? 0 : this.#nextInside(bytes, at, Math.min(there, length), end, ended);
    if (inside === 'more') return 'more';
    if (inside > 0) return this.frame(inside, null);
    return there < length ? this.cutFrame(there, length) : this.frame(length, null);
  }

  protected trust(bytes: Uint8Array, at: number, end: number, ended: boolean): Trust {
    if (end - at < this.#minimum) return ended ? 'no' : 'more';
    const length = this.#lengthAt(bytes, at);
    return this.#isLength(length) ? this.#leadsOn(bytes, at + length, end, ended) : 'no';
  }

  /** Whether a frame that ends here is followed by a header, or by the end of the input. */
  #leadsOn(bytes: Uint8Array, next: number, end: number, ended: boolean): Trust {
    if (next + this.#minimum <= end) return this.#isLength(this.#lengthAt(bytes, next)) ? 'yes' : 'no';
    if (next === end && this.#live) return 'yes';
    if (!ended) return 'more';
    return next === end ? 'yes' : 'no';
  }

  /** How far behind `at` another frame starts, less than `length`; 0 for none. */
  #nextInside(bytes: Uint8Array, at: number, length: number, end: number, ended: boolean): number | 'more' {
    for (let distance = this.#minimum; distance < length; distance++) {
      const trust = this.trust(bytes, at + distance, end, ended);
      if (trust !== 'no') return trust === 'yes' ? distance : 'more';
    }
    return 0;
  }

  #isLength(length: number): boolean {
    return length >= this.#minimum && length <= this.#maximum && Number.isInteger(length);
  }
}
