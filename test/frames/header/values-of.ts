import type { HeaderReader } from '../../../src/frames/header/header-reader.ts';
import type { HeaderValues } from '../../../src/frames/header/reference-header-reader.ts';

/** Everything a reader says about the frame at `offset`. */
export function valuesOf(reader: HeaderReader, bytes: Uint8Array, offset: number): HeaderValues | null {
  if (!reader.at(bytes, offset)) return null;
  const { type, direction, key, sequence, time, frameLength, flags } = reader;
  return { type, direction, key, sequence, time, frameLength, flags };
}
