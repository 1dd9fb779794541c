import { OverpunchError } from '../errors.ts';
import { maximumFrameLength } from './frame-window.ts';

/** What framing knows of a protocol: enough to tell where a frame ends, and whether bytes can be one. */
export interface FrameCheck {
  /** Bytes of the header: no frame is shorter. */
  readonly minimum: number;
  /** Bytes of the longest frame, header too: a length beyond it is misread framing. */
  readonly maximum: number;
  /**
   * Bytes of the whole frame, header too, as its header says, whatever that is; NaN when it cannot be read, or when the bytes are
   * no header by other signs. `minimum` bytes are there. `null`: headers of the protocol hold no length.
   */
  readonly lengthAt: ((bytes: Uint8Array, offset: number) => number) | null;
}

/** Refuse a check that cannot be. Throws USAGE. */
export function checkedFrameCheck(check: FrameCheck): FrameCheck {
  const { minimum, maximum } = check;
  if (Number.isInteger(minimum) && Number.isInteger(maximum)) {
    if (minimum >= 1 && minimum <= maximum && maximum <= maximumFrameLength) return check;
  }
  throw new OverpunchError('USAGE', `frames of ${minimum} to ${maximum} bytes cannot be`, {
    hint: `the header takes at least 1 byte, the longest frame at least as many and at most ${maximumFrameLength}`,
  });
}
