import type { StoredNumber } from '../ebcdic/number-writing.ts';
import { type Decimal, parseDecimal } from './decimal.ts';
import type { Refusal } from './encode-issue.ts';

const longestNumber = 1000; // characters; no field has so many digits
const largest = 10n ** 100n; // writing out a longer bigint would be wasted work
const beyond: Decimal = { negative: false, digits: '1', scale: -100 };

/** Take a number, bigint or decimal text as an exact decimal; `null` for anything else. */
export function decimalOf(value: unknown): Decimal | null {
  if (typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'string') return null;
  if (typeof value === 'bigint' && (value > largest || value < -largest))
    return value > 0n ? beyond : { ...beyond, negative: true };
  const text = String(value);
  return text.length > longestNumber ? null : parseDecimal(text);
}

/**
 * Bring a decimal to the scale of a field. Decimals that the field has no place for are refused, or with `round` rounded half
 * up (away from zero).
 */
export function storedNumber(value: Decimal, scale: number, round: boolean): StoredNumber | Refusal {
  const { negative, digits } = value;
  const shift = scale - value.scale;
  if (shift >= 0 || digits === '0') return { negative, digits: digits + '0'.repeat(Math.max(0, shift)) };
  if (!round) return { code: 'ENCODE_DECIMALS', expected: decimalsText(scale) };
  const kept = digits.slice(0, shift) || '0';
  const up = digits.padStart(-shift, '0').charAt(Math.max(0, digits.length + shift)) >= '5';
  return { negative, digits: up ? (BigInt(kept) + 1n).toString() : kept };
}

function decimalsText(scale: number): string {
  if (scale < 0) return `a multiple of ${10n ** BigInt(-scale)}`;
  if (scale === 0) return 'no decimals';
  return `at most ${scale} ${scale === 1 ? 'decimal' : 'decimals'}`;
}
