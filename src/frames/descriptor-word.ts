import { toHex } from '../bytes/hex.ts';
import type { FrameWindow } from './frame-window.ts';
import type { FrameProblem } from './piece.ts';

/** How a 4-byte record or block descriptor word tells a length. */
export interface WordOptions {
  /** Default `big`. */
  readonly endian?: 'big' | 'little';
  /** Whether the length counts the word's own 4 bytes. Default: `true` under `big`, `false` under `little`. */
  readonly inclusive?: boolean;
  /** First of the two bytes that hold the length. Default: 0 under `big`, 2 under `little`. */
  readonly position?: 0 | 2;
  /** Added to the length as read, before `inclusive` applies. Default 0. */
  readonly adjustment?: number;
}

/** Bytes of a descriptor word. */
export const wordLength = 4;

/** Where the parts of a descriptor word stand in it, and what makes its number the bytes that follow it. */
export interface WordShape {
  readonly high: number;
  readonly low: number;
  /** The two bytes that hold no length. */
  readonly other: number;
  readonly correction: number;
  /** A high bit says that the other 31 bits are the length. */
  readonly extensible: boolean;
}

/**
 * Work out the shape of a descriptor word.
 *
 * A big-endian block word whose high bit is on is an extended one: its other 31 bits are the length
 * (z/OS DFSMS Using Data Sets, "Block descriptor word").
 */
export function wordShape(options: WordOptions, block: boolean): WordShape {
  const little = options.endian === 'little';
  const position = options.position ?? (little ? 2 : 0);
  const inclusive = options.inclusive ?? !little;
  return {
    high: little ? position + 1 : position,
    low: little ? position : position + 1,
    other: position === 0 ? 2 : 0,
    correction: (options.adjustment ?? 0) - (inclusive ? wordLength : 0),
    extensible: block && !little && position === 0,
  };
}

/** A word at the front of these bytes. */
export type WordBytes = Pick<FrameWindow, 'byte' | 'peek'>;

/** Make the reader of a descriptor word: it gives the bytes that follow the word at the front of a window. */
export function wordReader(options: WordOptions, block: boolean): (window: WordBytes) => number {
  const { high, low, correction, extensible } = wordShape(options, block);
  return (window) => {
    const first = window.byte(high);
    if (extensible && first >= 0x80) {
      return (first & 0x7f) * 0x1000000 + (window.byte(1) << 16) + (window.byte(2) << 8) + window.byte(3) + correction;
    }
    return first * 0x100 + window.byte(low) + correction;
  };
}

const segments = ['', 'the first segment', 'the last segment', 'a middle segment']; // by segment control code

/**
 * Make the function that says what the other two bytes of a record word mean when they are not zero.
 *
 * Behind a big-endian length a code 1-3 marks a segment of a spanned record (z/OS DFSMS Using Data Sets, "Segment descriptor
 * word"): no record, so an error. Anything else there is a note.
 */
export function otherBytesReader(options: WordOptions): (window: WordBytes) => FrameProblem | null {
  const little = options.endian === 'little';
  const { other } = wordShape(options, false);
  return (window) => {
    const [first, second] = [window.byte(other), window.byte(other + 1)];
    if (first === 0 && second === 0) return null;
    const word = toHex(window.peek(wordLength));
    const segment = little || other === 0 || second !== 0 ? undefined : segments[first];
    if (segment === undefined) {
      const message = `zeros in bytes ${other} and ${other + 1} of the descriptor word ${word}`;
      return { code: 'RDW_OTHER_BYTES', message, severity: 'note' };
    }
    const message = `a whole record, but ${word} is the word of ${segment} of a spanned one (VS, VBS), which are not joined`;
    return { code: 'RDW_SEGMENT', message };
  };
}
