import { noProblems, type Scalar } from './scalar.ts';

/**
 * Reads the digits of a field that holds nothing unusual: digits, and the sign that compilers write. NaN for everything else, which is
 * left to the reader that knows what to say about it.
 */
export type PlainDigits = (bytes: Uint8Array, start: number, end: number) => number;

/** The plain way to read numbers with so many decimals. */
export interface PlainNumber {
  readonly digits: PlainDigits;
  readonly scale: number;
}

/** The same as what a field's bytes give; `null` for what is unusual. */
export type PlainReader = (bytes: Uint8Array, start: number, end: number) => Scalar | null;

const smallNumbers = 256;
const maximumDigits = 15; // every integer of so many digits, and its quotient by a power of ten, is the nearest double

/** Whether numbers of this form have a plain reader at all. */
export function hasPlainForm(digits: number, scale: number): boolean {
  return digits <= maximumDigits && scale >= 0 && scale <= maximumDigits;
}

/** Make the reader of plain numbers as scalars. */
export function plainReader({ digits, scale }: PlainNumber): PlainReader {
  const make = plainScalar(scale);
  return (bytes, start, end) => {
    const number = digits(bytes, start, end);
    return Number.isNaN(number) ? null : make(Math.abs(number), number < 0);
  };
}

/** Make the plain way to read zoned fields with digits in zone `zone` and, when `signed`, EBCDIC zones C and D at the end. */
export function plainZoned(zone: number, signed: boolean): PlainDigits {
  return (bytes, start, end) => {
    const last = end - 1;
    let number = 0;
    for (let at = start; at < last; at++) {
      const digit = (bytes[at] as number) - zone;
      if (digit < 0 || digit > 9) return Number.NaN;
      number = number * 10 + digit;
    }
    const byte = bytes[last] as number;
    const signZone = signed ? byte & 0xf0 : zone;
    const digit = byte - signZone;
    if (digit < 0 || digit > 9 || (signed && signZone !== 0xc0 && signZone !== 0xd0)) return Number.NaN;
    number = number * 10 + digit;
    if (signZone !== 0xd0) return number;
    return number === 0 ? Number.NaN : -number;
  };
}

/** Make the plain way to read COMP-3 fields with sign C or D, or F when not `signed`; a pad nibble is 0. */
export function plainPacked(digits: number, signed: boolean): PlainDigits {
  const padded = digits % 2 === 0;
  return (bytes, start, end) => {
    const last = end - 1;
    if (padded && (bytes[start] as number) > 0x0f) return Number.NaN;
    let number = 0;
    for (let at = start; at < last; at++) {
      const byte = bytes[at] as number;
      if (byte > 0x99 || (byte & 0x0f) > 9) return Number.NaN;
      number = number * 100 + (byte >> 4) * 10 + (byte & 0x0f);
    }
    const byte = bytes[last] as number;
    const sign = byte & 0x0f;
    if (byte > 0x9f || (signed ? sign !== 0x0c && sign !== 0x0d : sign !== 0x0f)) return Number.NaN;
    number = number * 10 + (byte >> 4);
    if (sign !== 0x0d) return number;
    return number === 0 ? Number.NaN : -number;
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
