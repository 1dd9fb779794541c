import type { NumericFailure, NumericReading } from './numeric-reading.ts';
import { numericValue, signOfNibble } from './numeric-reading.ts';

/** How a packed field is written. */
export interface PackedOptions {
  readonly signed: boolean;
  /** Digits of the picture. A nibble in front of them is padding and no part of the value. */
  readonly digits: number;
}

/**
 * Read a packed decimal (COMP-3): digit nibbles, then a sign nibble.
 *
 * Signs A, C, E, F are plus, B and D minus. C and D are preferred in signed fields, F in unsigned ones; others are noted, as is
 * minus zero, which reads as 0. A pad nibble 1-9 is noted; A-F there is an error, as every digit nibble over 9 is one to
 * hardware.
 */
export function readPacked(bytes: Uint8Array, options: PackedOptions): NumericReading {
  const nibbles = nibblesOf(bytes);
  const wrong = wrongDigit(nibbles.slice(0, -1));
  if (wrong !== null) return wrong;
  const last = nibbles.at(-1) ?? 0;
  const sign = signOfNibble(last, options.signed);
  if (sign === null) {
    return { error: 'PACKED_SIGN', expected: `a sign A-F in the last nibble, not ${last}; ${abend}` };
  }
  const { digits, padded } = withoutPad(nibbles.slice(0, -1), options.digits);
  return numericValue(digits, sign, options.signed, padded ? ['PAD_NIBBLE'] : []);
}

/**
 * Read an unsigned packed decimal without a sign nibble (COMP-6): two digits a byte.
 *
 * Without `digits` every nibble counts, as in a field read as `packed-unsigned`.
 */
export function readUnsignedPacked(bytes: Uint8Array, options: { readonly digits?: number } = {}): NumericReading {
  const nibbles = nibblesOf(bytes);
  const wrong = wrongDigit(nibbles);
  if (wrong !== null) return wrong;
  const { digits, padded } = withoutPad(nibbles, options.digits ?? nibbles.length);
  return { negative: false, digits, notes: padded ? ['PAD_NIBBLE'] : [] };
}

function nibblesOf(bytes: Uint8Array): number[] {
  const nibbles: number[] = [];
  for (const byte of bytes) nibbles.push(byte >> 4, byte & 0x0f);
  return nibbles;
}

function wrongDigit(nibbles: readonly number[]): NumericFailure | null {
  const index = nibbles.findIndex((nibble) => nibble > 9);
  const nibble = nibbles[index];
  if (nibble === undefined) return null;
  const found = nibble.toString(16).toUpperCase();
  return { error: 'PACKED_DIGIT', expected: `a digit 0-9 in nibble ${index + 1}, not ${found}; ${abend}` };
}

/** The last `count` digits, and whether any digit in front of them is not zero. */
function withoutPad(nibbles: readonly number[], count: number): { readonly digits: string; readonly padded: boolean } {
  const start = Math.max(nibbles.length - count, 0);
  return { digits: nibbles.slice(start).join(''), padded: nibbles.slice(0, start).some((nibble) => nibble !== 0) };
}

const abend = 'a COBOL program would abend S0C7 here';
