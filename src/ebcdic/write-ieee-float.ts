import type { NumberWriting } from './number-writing.ts';

/**
 * Write an IEEE 754 float of 4 or 8 bytes, rounded to nearest; −0 is written as 0. The inverse of `readIeeeFloat`.
 *
 * Refuses what would become an infinity, or zero without being it. Throws a RangeError for other lengths.
 */
export function writeIeeeFloat(value: number, length: number, order: 'big' | 'little'): NumberWriting {
  if (length !== 4 && length !== 8) throw new RangeError(`a float has 4 or 8 bytes, not ${length}`);
  const stored = length === 4 ? Math.fround(value) : value;
  if (!Number.isFinite(stored)) {
    return { error: 'ENCODE_RANGE', expected: `a finite number that ${length} bytes hold` };
  }
  if (stored === 0 && value !== 0) return { error: 'ENCODE_RANGE', expected: '0, or a value of at least 1.4E-45' };
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  if (length === 4) view.setFloat32(0, stored + 0, order === 'little');
  else view.setFloat64(0, stored + 0, order === 'little');
  return { bytes };
}
