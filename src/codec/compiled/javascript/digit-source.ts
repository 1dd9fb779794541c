import type { FunctionSource } from './function-source.ts';

/** Where the digits of a number come from in generated code. */
export interface DigitSource {
  /**
   * An expression for up to 4 digits from one of them on: a 32-bit integer with a digit in each byte, the last one in the lowest. Digits
   * that are bad are more than 9.
   */
  readonly digits: (f: FunctionSource, first: number, count: number) => string;
  /** Whether digits may be bad. */
  readonly doubtful: boolean;
}

/** Digits that lie in a DataView as bytes from 0 to 9. */
export function digitsIn(view: string, offset: number): DigitSource {
  return { doubtful: false, digits: (_, first, count) => bigEndian(view, String(offset + first), count) };
}

/** An expression for up to 4 bytes as an integer, the last one in the lowest byte. May read up to 3 bytes more. */
export function bigEndian(view: string, address: string, count: number): string {
  if (count === 1) return `${view}.getUint8(${address})`;
  if (count === 2) return `${view}.getUint16(${address})`;
  return count === 3 ? `(${view}.getInt32(${address}) >>> 8)` : `${view}.getInt32(${address})`;
}

/** A byte repeated in an integer of so many bytes. */
export function repeated(byte: number, count: number): number {
  let word = 0;
  for (let index = 0; index < count; index++) word = (word << 8) | byte;
  return word;
}
