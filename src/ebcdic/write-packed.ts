import { fitDigits, type NumberWriting, type StoredNumber } from './number-writing.ts';
import type { PackedOptions } from './read-packed.ts';

/**
 * Write a packed decimal (COMP-3) with the preferred sign nibble: C or D in signed fields, F in unsigned ones; a pad nibble
 * is 0.
 *
 * The inverse of `readPacked`. Refuses numbers with too many digits, and negative ones in unsigned fields.
 */
export function writePacked(number: StoredNumber, options: PackedOptions): NumberWriting {
  const fitted = fitDigits(number, options.digits, options.signed);
  if ('error' in fitted) return fitted;
  const sign = options.signed ? (fitted.negative ? 'D' : 'C') : 'F';
  return { bytes: fromNibbles(fitted.text + sign) };
}

/** Write an unsigned packed decimal without a sign nibble (COMP-6), two digits a byte. The inverse of `readUnsignedPacked`. */
export function writeUnsignedPacked(number: StoredNumber, options: { readonly digits: number }): NumberWriting {
  const fitted = fitDigits(number, options.digits, false);
  return 'error' in fitted ? fitted : { bytes: fromNibbles(fitted.text) };
}

function fromNibbles(nibbles: string): Uint8Array {
  return new Uint8Array(Buffer.from(nibbles.length % 2 === 0 ? nibbles : `0${nibbles}`, 'hex'));
}
