import { toHex } from '../bytes/hex.ts';
import { prefixedLength, prefixedTime, prefixLength } from './capture-prefix.ts';
import type { FrameCheck } from './frame-check.ts';
import { type Finding, FrameRules, type Trust } from './frame-rules.ts';

/**
 * Cut captured frames, each behind a prefix that says how long it is.
 *
 * Behind an impossible prefix the next frame is where prefix and header agree on a length; without a length in the header, where
 * another prefix, or the end, follows the frame. A header that says otherwise than its prefix is left to whoever reads
 * the frame, unless no prefix follows where the first says and one does where the header says: then the prefix lies.
 */
export class CaptureRules extends FrameRules {
  readonly #minimum: number;
  readonly #maximum: number;
  readonly #lengthAt: FrameCheck['lengthAt'];

  constructor({ minimum, maximum, lengthAt }: FrameCheck) {
    super(prefixLength);
    this.#minimum = minimum;
    this.#maximum = maximum;
    this.#lengthAt = lengthAt;
  }

  timeAt(bytes: Uint8Array, at: number): number {
    return prefixedTime(bytes, at) / 1000;
  }

  protected take(bytes: Uint8Array, at: number, end: number, ended: boolean): Finding {
    const there = end - at - prefixLength; // bytes behind the prefix
    if (there < 0) {
      return ended && end > at ? this.rest(end - at, 'the prefix of a captured frame') : 'more';
    }
    const length = prefixedLength(bytes, at, this.#maximum);
    if (length === 0) {
      const expected = `a length of 1 to ${this.#maximum} and a time from 1990 to 2099`;
      const found = toHex(bytes.subarray(at, at + prefixLength));
      const message = `${expected} before a captured frame, not ${found}; the next frame is where prefix and header agree`;
      return this.lose(bytes, at, end, ended, { code: 'CAPTURE_PREFIX', message });
    }
    if (there < length && !ended) return 'more';
    if (this.#lengthAt !== null && there >= this.#minimum) {
      const said = this.#lengthAt(bytes, at + prefixLength);
      if (said !== length && said >= this.#minimum && said <= this.#maximum && Number.isInteger(said)) {
        if (there < Math.max(length, said) + prefixLength && !ended) return 'more';
        const start = at + prefixLength;
        if (!this.#leadsOn(bytes, start + length, end) && this.#leadsOn(bytes, start + said, end)) {
          const message = `a prefix that says ${said} bytes, as the header does and where the next frame starts, not ${length}`;
          return this.frame(said, { code: 'CAPTURE_PREFIX', message, severity: 'note' });
        }
      }
    }
    return there < length ? this.cutFrame(there, length) : this.frame(length, null);
  }

  protected trust(bytes: Uint8Array, at: number, end: number, ended: boolean): Trust {
    const there = end - at - prefixLength;
    if (there < 0) return ended ? 'no' : 'more';
    const length = prefixedLength(bytes, at, this.#maximum);
    if (length === 0) return 'no';
    if (this.#lengthAt !== null) {
      if (there < this.#minimum) return ended ? 'no' : 'more';
      return this.#lengthAt(bytes, at + prefixLength) === length ? 'yes' : 'no';
    }
    if (there < length + prefixLength && !ended) return 'more';
    return this.#leadsOn(bytes, at + prefixLength + length, end) ? 'yes' : 'no';
  }

  /** Whether a frame that ends here is followed by a prefix, or by the end of the input. */
  #leadsOn(bytes: Uint8Array, at: number, end: number): boolean {
    if (at === end) return true;
    if (at + prefixLength > end) return false;
    return prefixedLength(bytes, at, this.#maximum) > 0;
  }
}
