import type { FloatReading } from './float-reading.ts';

/** Read an IEEE 754 float of 4 or 8 bytes. −0 reads as 0 with a note. Throws a RangeError for other lengths. */
export function readIeeeFloat(bytes: Uint8Array, order: 'big' | 'little'): FloatReading {
  if (bytes.length !== 4 && bytes.length !== 8) throw new RangeError(`a float has 4 or 8 bytes, not ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = order === 'little';
  const value = bytes.length === 4 ? view.getFloat32(0, little) : view.getFloat64(0, little);
  if (Number.isNaN(value)) return { error: 'FLOAT_NOT_FINITE', expected: 'a finite number, not a NaN' };
  if (!Number.isFinite(value)) return { error: 'FLOAT_NOT_FINITE', expected: 'a finite number, not an infinity' };
  return Object.is(value, -0) ? { value: 0, notes: ['MINUS_ZERO'] } : { value, notes: [] };
}
