import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FrameCheck } from '../../src/frames/frame-check.ts';
import { createFramer } from '../../src/frames/framer.ts';

const header: FrameCheck = { minimum: 2, maximum: 40, lengthAt: (bytes, at) => bytes[at] ?? 0 };
const frame = fc.uint8Array({ minLength: 1, maxLength: 30 }).map((body) => Uint8Array.of(body.length + 1, ...body));

describe('live framing', () => {
  test('gives each frame as soon as it is whole and nothing has begun behind it', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 10 }), (frames) => {
        const framer = createFramer({ format: 'frames', header, live: true });
        for (const bytes of frames) {
          expect(framer.push(bytes.subarray(0, 1))).toEqual([]);
          expect(framer.push(bytes.subarray(1)).map((piece) => piece.bytes)).toEqual([bytes]);
        }
        expect(framer.end()).toEqual([]);
      }),
    );
  });

  test('gives all frames whatever the chunks are', () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 20 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
        (frames, cuts) => {
          const framer = createFramer({ format: 'frames', header, live: true });
          const bytes = Buffer.concat(frames);
          const pieces = [];
          for (let at = 0; at < bytes.length; ) {
            const length = cuts.next().value;
            pieces.push(...framer.push(bytes.subarray(at, at + length)));
            at += length;
          }
          pieces.push(...framer.end());
          expect(pieces.map((piece) => [...piece.bytes])).toEqual(frames.map((one) => [...one]));
        },
      ),
    );
  });

  test('accounts for every byte of anything', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 })), (chunks) => {
        const framer = createFramer({ format: 'frames', header, live: true });
        const pieces = [...chunks.flatMap((chunk) => framer.push(chunk)), ...framer.end()];
        expect(Buffer.concat(pieces.map((piece) => piece.bytes))).toEqual(Buffer.concat(chunks));
      }),
    );
  });
});
