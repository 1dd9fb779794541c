import type { FrameCheck } from '../frame-check.ts';
import { createHeaderReader } from './create-header-reader.ts';
import type { HeaderSource } from './header-source.ts';

/**
 * Make what framing must know of a protocol.
 *
 * A length counts only in what looks like a header: its type or its direction is one of the protocol. Without a direction field the
 * time must be one; where there is no such field either, any length counts. Throws what `createHeaderReader` throws.
 */
export function frameCheckOf(source: HeaderSource): FrameCheck {
  const { length, maximumFrame, fields } = source.header;
  if (fields.length === null) return { minimum: length, maximum: maximumFrame, lengthAt: null };
  const reader = createHeaderReader(source);
  const isHeader = (): boolean => {
    if (reader.type >= 0 || reader.direction >= 0) return true;
    return fields.direction === null && (fields.time === null || !Number.isNaN(reader.time));
  };
  return {
    minimum: length,
    maximum: maximumFrame,
    lengthAt(bytes, offset) {
      if (!reader.at(bytes, offset)) return Number.NaN;
      const { frameLength } = reader;
      // Most bytes that are no header say too much, which is told at once: looking up a type for each of them takes long.
      return frameLength > maximumFrame || isHeader() ? frameLength : Number.NaN;
    },
  };
}
