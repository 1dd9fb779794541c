import fc from 'fast-check';
import { writeCapturePrefix } from '../../src/frames/capture-prefix.ts';
import type { FrameCheck } from '../../src/frames/frame-check.ts';

/** A header of two bytes: the length of the frame, and a mark without which it cannot be read. */
export const toyHeader: FrameCheck = {
  minimum: 2,
  maximum: 40,
  lengthAt: (bytes, offset) => ((bytes[offset + 1] ?? 0) === toyMark ? (bytes[offset] ?? 0) : Number.NaN),
};
export const toyMark = 0x7f;

/** 2020-01-01 in microseconds. */
export const toyTime: number = Date.UTC(2020, 0) * 1000;

/** A frame of the toy protocol with these bytes behind its header. */
export function toyFrame(body: string, said: number = 2 + body.length): Uint8Array {
  return Uint8Array.from([said, toyMark, ...Buffer.from(body, 'latin1')]);
}

/** The same behind its prefix. */
export function captured(frame: Uint8Array, { length = frame.length, time = toyTime } = {}): Uint8Array {
  const bytes = new Uint8Array(12 + frame.length);
  writeCapturePrefix(bytes, 0, length, time);
  bytes.set(frame, 12);
  return bytes;
}

const body = fc.oneof(fc.string({ maxLength: 10 }), fc.string({ minLength: 30, maxLength: 50 }));
const length = fc.oneof(fc.integer({ min: 0, max: 45 }), fc.integer({ min: 0, max: 70_000 }));
const part: fc.Arbitrary<Uint8Array> = fc.oneof(
  body.map((text) => captured(toyFrame(text))),
  body.map((text) => captured(toyFrame(text))),
  body.map((text) => toyFrame(text)),
  fc.tuple(body, length).map(([text, said]) => captured(toyFrame(text, said & 0xff))),
  fc.tuple(body, length).map(([text, said]) => captured(toyFrame(text), { length: said })),
  fc.tuple(body, fc.maxSafeNat()).map(([text, time]) => captured(toyFrame(text), { time })),
  fc.uint8Array({ maxLength: 40 }),
  fc.constant(new Uint8Array(13)),
);

/** Frames with and without prefixes, lies, noise, and single bytes changed or lost. */
export const captureInput: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.array(part, { maxLength: 12 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 2 }),
    fc.nat(),
    fc.nat(20),
  )
  .map(([parts, changes, cut, often]) => {
    const bytes = Uint8Array.from(parts.flatMap((bytes) => [...bytes]));
    for (const [at, to] of changes) if (bytes.length > 0) bytes[at % bytes.length] = to;
    return often > 15 ? bytes.subarray(0, cut % (bytes.length + 1)) : bytes;
  });
