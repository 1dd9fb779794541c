import type { NumericFailure, NumericReading, Sign } from './numeric-reading.ts';
import { hexByte, numericValue, signOfNibble } from './numeric-reading.ts';
import { asciiSigns } from './zoned-signs.ts';

/** How a zoned field is written. */
export interface ZonedOptions {
  readonly signed: boolean;
  /** Where the sign is. It is looked for in unsigned fields too: hardware takes the last zone for one. */
  readonly sign: 'leading' | 'trailing';
  /** The sign has a byte of its own, `+` or `-`, counted in the field also when it is not `signed`. */
  readonly separate: boolean;
  readonly data: 'ebcdic' | 'ascii';
  /** Overpunched signs in ASCII data: `{ABCDEFGHI` and `}JKLMNOPQR`; `0-9` and `p-y`; `@ABCDEFGHI` and `PQRSTUVWXY`. */
  readonly asciiSign: 'ebcdic' | 'microfocus' | 'fujitsu';
  /** `lenient` ignores the zones of all digits but the sign's, as hardware does. */
  readonly zoned: 'strict' | 'lenient';
}

type Overpunch = { readonly digit: number; readonly sign: Sign };

/**
 * Read a zoned decimal (numeric DISPLAY). No character table is involved: EBCDIC digits are X'F0'-X'F9' in every page.
 *
 * Signs A, C, E, F are plus, B and D minus. C and D are preferred in signed fields, F in unsigned ones; others are noted, as is
 * minus zero, which reads as 0. In ASCII data a plain digit always is plus.
 */
export function readZoned(bytes: Uint8Array, options: ZonedOptions): NumericReading {
  const signAt = options.sign === 'leading' ? 0 : bytes.length - 1;
  let sign: Sign | undefined;
  let digits = '';
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (index !== signAt) {
      const digit = digitOf(byte, options);
      if (digit === null) return wrongDigit(byte, index, options);
      digits += digit;
    } else if (options.separate) {
      sign = separateSign(byte, options.data);
      if (sign === undefined) return wrongSeparateSign(byte, options);
    } else {
      const overpunch =
        options.data === 'ascii' ? asciiOverpunch(byte, options) : ebcdicOverpunch(byte, options.signed);
      if (overpunch === null) return wrongSign(byte, index, options);
      sign = overpunch.sign;
      digits += overpunch.digit;
    }
  }
  if (sign === undefined || digits === '') return { error: 'ZONED_DIGIT', expected: 'at least one digit' };
  return numericValue(digits, sign, options.signed);
}

function digitOf(byte: number, options: ZonedOptions): number | null {
  const zone = options.data === 'ascii' ? 0x30 : 0xf0;
  if ((byte & 0x0f) > 9 || (options.zoned === 'strict' && (byte & 0xf0) !== zone)) return null;
  return byte & 0x0f;
}

function ebcdicOverpunch(byte: number, signed: boolean): Overpunch | null {
  const sign = signOfNibble(byte >> 4, signed);
  const digit = byte & 0x0f;
  return sign === null || digit > 9 ? null : { digit, sign };
}

function asciiOverpunch(byte: number, options: ZonedOptions): Overpunch | null {
  const character = String.fromCharCode(byte);
  const [plus, minus] = asciiSigns[options.asciiSign];
  if (byte >= 0x30 && byte <= 0x39) {
    const preferred = !options.signed || plus.includes(character);
    return { digit: byte - 0x30, sign: { negative: false, preferred } };
  }
  if (plus.includes(character)) {
    return { digit: plus.indexOf(character), sign: { negative: false, preferred: options.signed } };
  }
  const digit = minus.indexOf(character);
  return digit < 0 ? null : { digit, sign: { negative: true, preferred: options.signed } };
}

function separateSign(byte: number, data: ZonedOptions['data']): Sign | undefined {
  const [plus, minus] = data === 'ascii' ? [0x2b, 0x2d] : [0x4e, 0x60];
  if (byte !== plus && byte !== minus) return undefined;
  return { negative: byte === minus, preferred: true };
}

function wrongDigit(byte: number, index: number, options: ZonedOptions): NumericFailure {
  const expected = `a digit ${digitRange(options)} at byte ${index + 1}, not ${hexByte(byte)}`;
  if (options.data === 'ascii') return { error: 'ZONED_DIGIT', expected };
  if ((byte & 0x0f) > 9) return { error: 'ZONED_DIGIT', expected: `${expected}; ${abend}` };
  return { error: 'ZONED_DIGIT', expected: `${expected}; hardware would ignore the zone (--zoned lenient does too)` };
}

function wrongSign(byte: number, index: number, options: ZonedOptions): NumericFailure {
  const where = `at byte ${index + 1}, not ${hexByte(byte)}`;
  if (options.data === 'ascii') {
    const [plus, minus] = asciiSigns[options.asciiSign];
    const isDigit = `a digit 0-9 or one with a sign, ${plus} or ${minus}, ${where}`;
    return { error: 'ZONED_SIGN', expected: isDigit };
  }
  if ((byte & 0x0f) > 9) return { error: 'ZONED_DIGIT', expected: `a digit 0-9 in the low nibble ${where}; ${abend}` };
  return { error: 'ZONED_SIGN', expected: `a sign A-F in the zone ${where}; ${abend}` };
}

function wrongSeparateSign(byte: number, options: ZonedOptions): NumericFailure {
  const signs = options.data === 'ascii' ? "X'2B' or X'2D'" : "X'4E' or X'60'";
  return { error: 'SEPARATE_SIGN', expected: `+ or - (${signs}) as the ${options.sign} byte, not ${hexByte(byte)}` };
}

function digitRange(options: ZonedOptions): string {
  return options.data === 'ascii' ? "X'30'-X'39'" : "X'F0'-X'F9'";
}

const abend = 'a COBOL program would abend S0C7 here';
