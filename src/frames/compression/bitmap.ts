import { OverpunchError } from '../../errors.ts';
import { CompressionError } from './compression-error.ts';

/** What a presence bitmap says. */
export interface Bitmap {
  /** Numbers of the fields that follow, ascending from 2. */
  readonly fields: number[];
  /** Bytes of the bitmap. */
  readonly length: 8 | 16;
}

/** Bytes of a bitmap without its second half. */
export const primaryLength = 8;
const lastField = 128;

/**
 * Read the presence bitmap at the start of bytes (ISO 8583, "Bitmaps"): bit 1, the highest, says that 8 more bytes follow the first
 * 8, bits 2 to 128 that the field of that number does. Throws COMPRESSED_BITMAP when it is cut.
 */
export function readBitmap(bytes: Uint8Array): Bitmap {
  const length = bitmapLength(bytes, 0, bytes.length);
  const fields: number[] = [];
  for (let field = 2; field <= length * 8; field += 1) if (isPresent(bytes, 0, field)) fields.push(field);
  return { fields, length };
}

/** Write the presence bitmap of fields 2 to 128, in any order: 16 bytes when one is beyond 64. Throws USAGE. */
export function writeBitmap(fields: readonly number[]): Uint8Array {
  let secondary = false;
  for (const field of fields) {
    if (!Number.isInteger(field) || field < 2 || field > lastField) {
      throw new OverpunchError('USAGE', `a bitmap tells of fields 2 to ${lastField}, not of field ${field}`);
    }
    if (field > primaryLength * 8) secondary = true;
  }
  const bytes = new Uint8Array(secondary ? 2 * primaryLength : primaryLength);
  if (secondary) setPresent(bytes, 0, 1);
  for (const field of fields) setPresent(bytes, 0, field);
  return bytes;
}

/** Say in a bitmap that a field follows. */
export function setPresent(bytes: Uint8Array, from: number, field: number): void {
  const at = from + ((field - 1) >> 3);
  bytes[at] = (bytes[at] ?? 0) | (0x80 >> ((field - 1) & 7));
}

/** Bytes of the bitmap at a place. Throws COMPRESSED_BITMAP. */
export function bitmapLength(bytes: Uint8Array, from: number, to: number): 8 | 16 {
  const length = from < to && (bytes[from] ?? 0) >= 0x80 ? 16 : 8;
  if (length <= to - from) return length;
  const hint = 'the bytes are damaged, or of another scheme';
  throw new CompressionError('COMPRESSED_BITMAP', 0, `a bitmap of ${length} bytes`, `${to - from} bytes`, hint);
}

/** Whether a bitmap says that a field follows. */
export function isPresent(bytes: Uint8Array, from: number, field: number): boolean {
  return ((bytes[from + ((field - 1) >> 3)] ?? 0) & (0x80 >> ((field - 1) & 7))) !== 0;
}
