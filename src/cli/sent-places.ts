import type { Extent } from '../codec/explain-span.ts';
import type { Segment } from '../frames/compression/compression.ts';

/** Says where parts of a decompressed frame lie in the frame as it was sent. */
export interface SentPlaces {
  /** What covers the part: from its first to its last byte, with the control bytes between them; `null` for nothing. */
  extent(part: Extent): Extent | null;
  /** The byte as sent; of one that was not, the next that was, or the end. */
  byte(offset: number): number;
}

/** Follow the segments of a body behind a header of `headerLength` bytes back; `null` when nothing was compressed. */
export function sentPlaces(headerLength: number, segments: readonly Segment[], sentLength: number): SentPlaces | null {
  if (segments.length === 0) return null;

  /** The segment that holds a byte of the body. */
  const indexOf = (offset: number): number => {
    let [low, high] = [0, segments.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((segments[middle]?.offset ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  };
  const places = (offset: number): Place => {
    if (offset < headerLength) return { first: offset, last: offset, exact: true };
    const inBody = offset - headerLength;
    const segment = segments[indexOf(inBody)];
    if (segment === undefined || segment.kind === 'fill') return null;
    if (segment.kind === 'repeat') {
      const first = headerLength + segment.from;
      return { first, last: first + segment.fromLength - 1, exact: false };
    }
    const at = headerLength + segment.data + inBody - segment.offset;
    return { first: at, last: at, exact: true };
  };
  /** The nearest byte that was sent, going on from segment to segment; `null` beyond `end`. */
  const nearest = (offset: number, step: 1 | -1, end: number): Place => {
    for (let at = offset; step > 0 ? at <= end : at >= end; ) {
      const place = places(at);
      if (place !== null) return at === offset ? place : { ...place, exact: false };
      const segment = segments[indexOf(at - headerLength)];
      if (segment === undefined) return null;
      const next = headerLength + (step > 0 ? segment.offset + segment.length : segment.offset - 1);
      if (next === at || next > at !== step > 0) return null; // behind the last segment
      at = next;
    }
    return null;
  };

  return {
    extent({ offset, bit, length, bits }) {
      if (bits === 0) return null;
      const end = offset + length - 1;
      const first = nearest(offset, 1, end);
      const last = nearest(end, -1, offset);
      if (first === null || last === null) return null;
      const [from, to] = [Math.min(first.first, last.first), Math.max(first.last, last.last)];
      const before = first.exact ? bit : 0;
      const behind = last.exact ? 8 * length - bit - bits : 0; // bits behind the part in its last byte
      return { offset: from, bit: before, length: to - from + 1, bits: 8 * (to - from + 1) - before - behind };
    },
    byte(offset) {
      return Math.min(sentLength, nearest(offset, 1, Number.POSITIVE_INFINITY)?.first ?? sentLength);
    },
  };
}

/** The bytes that one byte came from; `exact` when it is that byte itself. */
type Place = { readonly first: number; readonly last: number; readonly exact: boolean } | null;
