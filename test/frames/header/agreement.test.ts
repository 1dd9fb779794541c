import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayoutItem } from '../../../src/copybook/layout.ts';
import { civilTime } from '../../../src/frames/header/civil-time.ts';
import { createHeaderReader } from '../../../src/frames/header/create-header-reader.ts';
import { createReferenceHeaderReader } from '../../../src/frames/header/reference-header-reader.ts';
import { randomHeaders } from './random-header.ts';
import { valuesOf } from './values-of.ts';

describe('the two header readers', () => {
  it('agree on random headers, for what a writer writes, changed bytes and noise', () => {
    fc.assert(
      fc.property(randomHeaders(16), ({ source, headers }) => {
        const fast = createHeaderReader(source);
        const reference = createReferenceHeaderReader(source);
        for (const header of headers) {
          const bytes = Uint8Array.from([1, 2, 3, ...header, 4]);
          expect(valuesOf(fast, bytes, 3)).toEqual(reference.read(bytes, 3));
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a header reader', () => {
  it('reads the numbers that the codec reads', () => {
    fc.assert(
      fc.property(randomHeaders(8), ({ source, headers }) => {
        const { header } = source;
        const reader = createHeaderReader(source);
        const byCodec = (item: LayoutItem | null, bytes: Uint8Array): number | null => {
          if (item === null || item.type === null || item.type.kind === 'text' || item.type.kind === 'edited')
            return null;
          const reading = header.codec.fieldReader(item.path)(bytes);
          if (reading === null || reading.digits === null || reading.value === null) return Number.NaN;
          const number = Number(reading.digits);
          return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : Number.NaN;
        };
        for (const bytes of headers) {
          reader.at(bytes, 0);
          const { sequence, length } = header.fields;
          if (!/=(?:hex|bits)/.test(String(header.codec.options.field)))
            expect(reader.sequence).toEqual(byCodec(sequence, bytes) ?? reader.sequence);
          const said = byCodec(length, bytes);
          if (said !== null) expect(reader.frameLength).toEqual(said + header.lengthAdjustment);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('civil time', () => {
  it('is what a Date makes of the same day and time', () => {
    const part = (min: number, max: number) => fc.integer({ min, max });
    fc.assert(
      fc.property(part(0, 9999), part(1, 12), part(1, 28), part(0, 86_399_999), (year, month, day, time) => {
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        const [hour, minute] = [Math.floor(time / 3_600_000), Math.floor(time / 60_000) % 60];
        const found = civilTime(year, month, day, hour, minute, Math.floor(time / 1000) % 60, time % 1000);
        expect(found).toBe(date.getTime() + time);
      }),
    );
  });

  it('knows the lengths of months', () => {
    const last = (year: number, month: number): number =>
      [31, 30, 29, 28].find((day) => !Number.isNaN(civilTime(year, month, day, 0, 0, 0, 0))) ?? 0;
    for (const year of [1900, 2000, 2023, 2024])
      for (let month = 1; month <= 12; month++)
        expect(last(year, month), `${year}-${month}`).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate());
    expect(civilTime(2025, 1, 0, 0, 0, 0, 0)).toBeNaN();
    expect(civilTime(2025, 0, 1, 0, 0, 0, 0)).toBeNaN();
  });
});
