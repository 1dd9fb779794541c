import type { BinarySize } from './dialect.ts';

/**
 * Bytes of a binary item with so many digits.
 *
 * `1--8` is the fewest bytes that hold every value of the picture, two's complement when signed. More than 18 digits, in
 * every rule: ⌈(digits × log₂10 + 1) / 8⌉, an extension no compiler has but data does.
 */
export function binaryLength(digits: number, signed: boolean, rule: BinarySize): number {
  if (digits > 18) return longBinary(digits);
  if (rule === '1--8') return fewestBytes(digits, signed);
  if (rule === '1-2-4-8' && digits <= 2) return 1;
  if (digits <= 4) return 2;
  return digits <= 9 ? 4 : 8;
}

function longBinary(digits: number): number {
  return Math.ceil((digits * Math.log2(10) + 1) / 8);
}

/** The fewest bytes whose range covers ±(10^digits − 1), or 0 to 10^digits − 1. */
export function fewestBytes(digits: number, signed: boolean): number {
  if (digits > 18) return longBinary(digits);
  const limit = 10n ** BigInt(digits);
  let bytes = 1;
  while (1n << BigInt(8 * bytes - (signed ? 1 : 0)) < limit) bytes++;
  return bytes;
}
