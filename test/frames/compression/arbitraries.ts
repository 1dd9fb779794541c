import fc from 'fast-check';

const byte = fc.oneof(fc.constantFrom(0x40, 0x40, 0x00, 0xf0, 0xc1, 0xc2), fc.integer({ min: 0, max: 255 }));
const run = fc
  .tuple(byte, fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 300 })))
  .map(([value, count]) => new Uint8Array(count).fill(value));

/** Bytes with many runs, and any bytes at all. */
export const anyBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.array(run, { maxLength: 30 }).map((runs) => Uint8Array.from(runs.flatMap((part) => [...part]))),
  fc.array(byte, { maxLength: 60 }).map((bytes) => Uint8Array.from(bytes)),
);

/** What decompresses to something more often than any bytes do: control bytes of small counts, zeros, bitmaps. */
export const likelyCompressed: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      fc.constantFrom(0x00, 0x01, 0x02, 0x05, 0x40, 0x41, 0x80, 0x81, 0x9f, 0xa0, 0xa2, 0xbf, 0xc0, 0xc1, 0xc3, 0xff),
      fc.integer({ min: 0, max: 255 }),
    ),
    { maxLength: 60 },
  )
  .map((bytes) => Uint8Array.from(bytes));
