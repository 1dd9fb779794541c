import { fitDigits, type NumberWriting, type StoredNumber } from './number-writing.ts';
import type { ZonedOptions } from './read-zoned.ts';
import { asciiSigns } from './zoned-signs.ts';

/** How a zoned field is written; `digits` are its digit positions, without a separate sign. */
export type ZonedWriteOptions = Omit<ZonedOptions, 'zoned'> & { readonly digits: number };

/**
 * Write a zoned decimal (numeric DISPLAY) with the preferred sign: zone C or D in signed fields, F in unsigned ones.
 *
 * The inverse of `readZoned`. Refuses numbers with too many digits, and negative ones in unsigned fields.
 */
export function writeZoned(number: StoredNumber, options: ZonedWriteOptions): NumberWriting {
  const fitted = fitDigits(number, options.digits, options.signed);
  if ('error' in fitted) return fitted;
  const { text, negative } = fitted;
  const ascii = options.data === 'ascii';
  const zone = ascii ? 0x30 : 0xf0;
  const bytes = Uint8Array.from(text, (digit) => zone + Number(digit));
  if (options.separate) {
    const [plus, minus] = ascii ? [0x2b, 0x2d] : [0x4e, 0x60];
    const sign = negative ? minus : plus;
    return { bytes: Uint8Array.from(options.sign === 'leading' ? [sign, ...bytes] : [...bytes, sign]) };
  }
  if (options.signed && bytes.length > 0) {
    const at = options.sign === 'leading' ? 0 : bytes.length - 1;
    const digit = Number(text.charAt(at));
    bytes[at] = ascii
      ? asciiSigns[options.asciiSign][negative ? 1 : 0].charCodeAt(digit)
      : (negative ? 0xd0 : 0xc0) + digit;
  }
  return { bytes };
}
