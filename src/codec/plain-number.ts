import { noProblems, type Scalar } from './scalar.ts';

/**
 * Reads a field that holds nothing unusual: digits, and the sign that compilers write. `null` for everything else, which is
 * left to the reader that knows what to say about it.
 */
export type PlainReader = (bytes: Uint8Array, start: number, end: number) => Scalar | null;

const smallNumbers = 256;
const maximumDigits = 15; // every integer of so many digits, and its quotient by a power of ten, is the nearest double

/** Whether numbers of this form have a plain reader at all. */
export function hasPlainForm(digits: number, scale: number): boolean {
  return digits <= maximumDigits && scale >= 0 && scale <= maximumDigits;
}

/** Make the plain reader of zoned fields with digits in zone `zone` and, when `signed`, EBCDIC zones C and D at the end. */
export function plainZoned(zone: number, signed: boolean, scale: number): PlainReader {
  const make = plainScalar(scale);
  return (bytes, start, end) => {
    const last = end - 1;
    let number = 0;
    for (let at = start; at < last; at++) {
      const digit = (bytes[at] as number) - zone;
      if (digit < 0 || digit > 9) return null;
      number = number * 10 + digit;
    }
    const byte = bytes[last] as number;
    const signZone = signed ? byte & 0xf0 : zone;
    const digit = byte - signZone;
    if (digit < 0 || digit > 9 || (signed && signZone !== 0xc0 && signZone !== 0xd0)) return null;
    number = number * 10 + digit;
    if (signZone !== 0xd0) return make(number, false);
    return number === 0 ? null : make(number, true);
  };
}

/** Make the plain reader of COMP-3 fields with sign C or D, or F when not `signed`; a pad nibble is 0. */
export function plainPacked(digits: number, signed: boolean, scale: number): PlainReader {
  const make = plainScalar(scale);
  const padded = digits % 2 === 0;
  return (bytes, start, end) => {
    const last = end - 1;
    if (padded && (bytes[start] as number) > 0x0f) return null;
    let number = 0;
    for (let at = start; at < last; at++) {
      const byte = bytes[at] as number;
      if (byte > 0x99 || (byte & 0x0f) > 9) return null;
      number = number * 100 + (byte >> 4) * 10 + (byte & 0x0f);
    }
    const byte = bytes[last] as number;
    const sign = byte & 0x0f;
    if (byte > 0x9f || (signed ? sign !== 0x0c && sign !== 0x0d : sign !== 0x0f)) return null;
    number = number * 10 + (byte >> 4);
    if (sign !== 0x0d) return make(number, false);
    return number === 0 ? null : make(number, true);
  };
}

/** Make a function that gives an unsigned integer of at most 15 digits at a scale as value and as decimal text. */
export function plainScalar(scale: number): (magnitude: number, negative: boolean) => Scalar {
  const unit = 10 ** scale;
  // Codes, counts and flags: small numbers come again and again, and a scalar is never changed.
  const small = new Array<Scalar | undefined>(smallNumbers).fill(undefined);
  const make = (magnitude: number, negative: boolean): Scalar => {
    let text = String(magnitude);
    if (scale > 0) {
      if (text.length <= scale) text = text.padStart(scale + 1, '0');
      const point = text.length - scale;
      text = `${text.slice(0, point)}.${text.slice(point)}`;
    }
    const value = magnitude / unit;
    return negative
      ? { value: -value, digits: `-${text}`, problems: noProblems }
      : { value, digits: text, problems: noProblems };
  };
  return (magnitude, negative) => {
    if (negative || magnitude >= smallNumbers) return make(magnitude, negative);
    const known = small[magnitude];
    if (known !== undefined) return known;
    const made = make(magnitude, false);
    small[magnitude] = made;
    return made;
  };
}
