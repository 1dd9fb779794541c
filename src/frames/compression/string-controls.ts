/** Control bytes of one kind: `control` plus the number of bytes they stand for, 1 to `longest`. */
export interface ControlRange {
  readonly control: number;
  readonly longest: number;
}

/** The control bytes of a scheme; every other byte is reserved. */
export interface ControlRanges {
  /** That many bytes follow. */
  readonly literal: ControlRange;
  /** That many times the next byte. */
  readonly repeat: ControlRange;
  /** That many prime characters. */
  readonly prime?: ControlRange;
  /** That many bytes are packed by a table that was agreed on elsewhere. */
  readonly compaction?: ControlRange;
  /** Nothing follows; the last byte of all compressed bytes. */
  readonly end?: number;
  /** The sender gave up. */
  readonly abort?: number;
}

/** The same with a table by which control bytes are read. */
export interface StringControls extends ControlRanges {
  /** By control byte: its kind times 256, plus the number of bytes it stands for. */
  readonly meanings: Uint16Array;
}

/** Kinds of control bytes. */
export const kinds = { reserved: 0, literal: 1, repeat: 2, prime: 3, end: 4, abort: 5, compaction: 6 } as const;

/** Make the table of a scheme's control bytes. */
export function stringControls(ranges: ControlRanges): StringControls {
  const meanings = new Uint16Array(256); // all reserved
  const enter = (kind: number, range: ControlRange | undefined): void => {
    if (range === undefined) return;
    for (let count = 1; count <= range.longest; count += 1) meanings[range.control + count] = kind * 0x100 + count;
  };
  enter(kinds.literal, ranges.literal);
  enter(kinds.repeat, ranges.repeat);
  enter(kinds.prime, ranges.prime);
  enter(kinds.compaction, ranges.compaction);
  if (ranges.compaction !== undefined) meanings[ranges.compaction.control] = kinds.compaction * 0x100;
  if (ranges.end !== undefined) meanings[ranges.end] = kinds.end * 0x100;
  if (ranges.abort !== undefined) meanings[ranges.abort] = kinds.abort * 0x100;
  return { ...ranges, meanings };
}
