import type { FrameCheck } from '../frame-check.ts';
import { createHeaderReader } from './create-header-reader.ts';
import type { HeaderSource } from './header-source.ts';

/** Make what framing must know of a protocol. Throws what `createHeaderReader` throws. */
export function frameCheckOf(source: HeaderSource): FrameCheck {
  const { header } = source;
  const reader = createHeaderReader(source);
  return {
    minimum: header.length,
    maximum: header.maximumFrame,
    lengthAt:
      header.fields.length === null
        ? null
        : (bytes, offset) => (reader.at(bytes, offset) ? reader.frameLength : Number.NaN),
  };
}
