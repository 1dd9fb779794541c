import type { FrameWindow } from './frame-window.ts';

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

/**
 * Make the reader of a descriptor word: it gives the bytes that follow the word at the front of a window.
 *
 * A big-endian block word whose high bit is on is an extended one: its other 31 bits are the length
 * (z/OS DFSMS Using Data Sets, "Block descriptor word").
 */
export function wordReader(options: WordOptions, block: boolean): (window: FrameWindow) => number {
  const little = options.endian === 'little';
  const position = options.position ?? (little ? 2 : 0);
  const inclusive = options.inclusive ?? !little;
  const correction = (options.adjustment ?? 0) - (inclusive ? wordLength : 0);
  const high = little ? position + 1 : position;
  const low = little ? position : position + 1;
  const extensible = block && !little && position === 0;
  return (window) => {
    const first = window.byte(high);
    if (extensible && first >= 0x80) {
      return (first & 0x7f) * 0x1000000 + (window.byte(1) << 16) + (window.byte(2) << 8) + window.byte(3) + correction;
    }
    return first * 0x100 + window.byte(low) + correction;
  };
}
