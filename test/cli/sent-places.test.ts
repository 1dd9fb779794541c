import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentPlaces } from '../../src/cli/sent-places.ts';
import type { Segment } from '../../src/frames/compression/compression.ts';

/** Segments that tile a body, each behind a control byte of its own; a fill comes from nothing. */
const arbitrarySegments = fc
  .array(fc.record({ kind: fc.constantFrom('literal', 'repeat', 'fill'), length: fc.integer({ min: 1, max: 5 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => {
    const segments: Segment[] = [];
    let [offset, from] = [0, 0];
    for (const { kind, length } of parts) {
      const fromLength = kind === 'literal' ? length + 1 : kind === 'repeat' ? 2 : 0;
      segments.push({ kind, offset, length, from, fromLength, data: kind === 'fill' ? from : from + 1 });
      offset += length;
      from += fromLength;
    }
    return segments;
  });

/** The sent bytes that each byte of the frame came from. */
function origins(headerLength: number, segments: readonly Segment[]): number[][] {
  const found = Array.from({ length: headerLength }, (_, at) => [at]);
  for (const { kind, length, from, fromLength, data } of segments) {
    for (let at = 0; at < length; at++) {
      if (kind === 'literal') found.push([headerLength + data + at]);
      else found.push(Array.from({ length: fromLength }, (_, step) => headerLength + from + step));
    }
  }
  return found;
}

const whole = (
  offset: number,
  length: number,
): Parameters<NonNullable<ReturnType<typeof sentPlaces>>['extent']>[0] => ({
  offset,
  bit: 0,
  length,
  bits: 8 * length,
});

describe('where a part of a decompressed frame was sent', () => {
  it('is from the first to the last byte that any of its bytes came from', () => {
    fc.assert(
      fc.property(arbitrarySegments, fc.nat(3), fc.nat(), fc.nat(), (segments, headerLength, start, size) => {
        const bytes = origins(headerLength, segments);
        const sentLength = headerLength + segments.reduce((sum, { fromLength }) => sum + fromLength, 0);
        const offset = start % bytes.length;
        const length = 1 + (size % (bytes.length - offset));
        const covered = bytes.slice(offset, offset + length).flat();
        const found = sentPlaces(headerLength, segments, sentLength)?.extent(whole(offset, length)) ?? null;
        if (covered.length === 0) expect(found).toBeNull();
        else expect(found).toEqual(whole(Math.min(...covered), Math.max(...covered) - Math.min(...covered) + 1));
      }),
    );
  });

  it('of a single byte is the first that it, or the next one that was sent, came from', () => {
    fc.assert(
      fc.property(arbitrarySegments, fc.nat(3), fc.nat(), (segments, headerLength, start) => {
        const bytes = origins(headerLength, segments);
        const sentLength = headerLength + segments.reduce((sum, { fromLength }) => sum + fromLength, 0);
        const offset = start % bytes.length;
        const next = bytes.slice(offset).find(({ length }) => length > 0);
        expect(sentPlaces(headerLength, segments, sentLength)?.byte(offset)).toBe(next?.[0] ?? sentLength);
      }),
    );
  });

  it('keeps the bits of what was copied', () => {
    const segments: Segment[] = [{ kind: 'literal', offset: 0, length: 4, from: 0, fromLength: 5, data: 1 }];
    const places = sentPlaces(10, segments, 15);
    expect(places?.extent({ offset: 11, bit: 3, length: 2, bits: 8 })).toEqual({
      offset: 12,
      bit: 3,
      length: 2,
      bits: 8,
    });
    expect(places?.extent({ offset: 2, bit: 7, length: 1, bits: 1 })).toEqual({
      offset: 2,
      bit: 7,
      length: 1,
      bits: 1,
    });
  });

  it('goes by whole bytes where one byte was sent for many', () => {
    const segments: Segment[] = [{ kind: 'repeat', offset: 0, length: 4, from: 0, fromLength: 2, data: 1 }];
    expect(sentPlaces(10, segments, 12)?.extent({ offset: 11, bit: 3, length: 2, bits: 8 })).toEqual(whole(10, 2));
  });

  it('is no question of a frame that was not compressed', () => {
    expect(sentPlaces(10, [], 12)).toBeNull();
  });

  it('starts and ends at the bits that were sent when the rest was cut off', () => {
    const segments: Segment[] = [
      { kind: 'literal', offset: 0, length: 2, from: 0, fromLength: 2, data: 0 },
      { kind: 'fill', offset: 2, length: 3, from: 2, fromLength: 0, data: 2 },
    ];
    const places = sentPlaces(4, segments, 6);
    expect(places?.extent({ offset: 5, bit: 4, length: 2, bits: 6 })).toEqual({
      offset: 5,
      bit: 4,
      length: 1,
      bits: 4,
    });
    expect(places?.extent({ offset: 4, bit: 6, length: 2, bits: 5 })).toEqual({
      offset: 4,
      bit: 6,
      length: 2,
      bits: 5,
    });
  });
});
