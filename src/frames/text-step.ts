import { type FrameWindow, maximumFrameLength } from './frame-window.ts';

/** Which bytes end a line: LF of ASCII, or NEL and LF of EBCDIC (X'15' and X'25', whichever way the page maps them). */
export type LineEnds = 'ascii' | 'ebcdic';

const carriageReturn = 0x0d; // the same in ASCII and EBCDIC

/** Take a line of `length` bytes (more than 0) off the front of the window; its end is taken afterwards. */
export type TakeLine = (window: FrameWindow, length: number) => void;

/**
 * Cut lines that end with LF or CRLF, mixed as they like; the last may have no end. Empty lines are only accounted.
 *
 * A line longer than `limit` (256 MiB by default) is garbage.
 */
export function textStep(
  lineEnds: LineEnds,
  takeLine: TakeLine,
  limit: number = maximumFrameLength,
): (window: FrameWindow) => boolean {
  const find = lineEnds === 'ascii' ? finder(0x0a) : earlier(finder(0x15), finder(0x25));
  let ending = 0; // bytes of the line end that is now at the front
  let tooLong = false; // inside a line that was given up

  return (window) => {
    if (ending > 0) {
      window.lineEnd(ending);
      ending = 0;
      return true;
    }
    const { available, ended } = window;
    if (available === 0) return false;
    const at = find(window);
    if ((at < 0 ? available : at) > limit) {
      // Cutting at the limit, not at what is here, keeps the pieces independent of the chunks.
      window.discard(limit, 'FRAME_LENGTH', `a line is longer than ${limit} bytes`);
      tooLong = true;
      return true;
    }
    if (at < 0 && !ended) return false;
    const carriage = at > 0 && window.byte(at - 1) === carriageReturn ? 1 : 0;
    const length = at < 0 ? available : at - carriage;
    ending = at < 0 ? 0 : carriage + 1;
    if (length === 0) return true;
    if (tooLong) window.discard(length, 'FRAME_LENGTH', `a line is longer than ${limit} bytes`);
    else takeLine(window, length);
    tooLong = false;
    return true;
  };
}

/** Find the next byte of a value in the window (−1: none), without looking at any byte twice. */
function finder(value: number): (window: FrameWindow) => number {
  let found = -1; // both are offsets in the input
  let scanned = 0;
  return (window) => {
    if (found >= window.offset) return found - window.offset;
    const at = window.indexOf(value, Math.max(scanned - window.offset, 0));
    scanned = window.offset + (at < 0 ? window.available : at + 1);
    if (at >= 0) found = window.offset + at;
    return at;
  };
}

function earlier(
  one: (window: FrameWindow) => number,
  other: (window: FrameWindow) => number,
): (window: FrameWindow) => number {
  return (window) => {
    const first = one(window);
    const second = other(window);
    return first < 0 || (second >= 0 && second < first) ? second : first;
  };
}
