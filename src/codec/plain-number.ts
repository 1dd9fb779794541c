import { readSmallBits } from '../ebcdic/read-bits.ts';
import { noProblems, type Scalar } from './scalar.ts';

/** Zoned or packed numbers, or bits, of up to 15 digits, and how what is usual of them lies in bytes. */
export interface PlainNumber {
  readonly kind: 'zoned' | 'packed' | 'bits';
  /** Of the digits of a zoned number. */
  readonly zone: number;
  readonly signed: boolean;
  /** A packed number has a pad nibble. */
  readonly padded: boolean;
  /** Of a number in bits, where it begins in its first byte, and how many it takes. */
  readonly bit: number;
  readonly bits: number;
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
export function plainReader(form: PlainNumber): PlainReader {
  const make = plainScalar(form.scale);
  return (bytes, start, end) => {
    const number = plainDigits(form, bytes, start, end);
    return Number.isNaN(number) ? null : make(Math.abs(number), number < 0);
  };
}

/** The plain form of zoned fields with digits in zone `zone` and, when `signed`, EBCDIC zones C and D at the end. */
export function plainZoned(zone: number, signed: boolean, scale: number): PlainNumber {
  return { kind: 'zoned', zone, signed, padded: false, bit: 0, bits: 0, scale };
}

/** The plain form of COMP-3 fields with sign C or D, or F when not `signed`; a pad nibble is 0. */
export function plainPacked(digits: number, signed: boolean, scale: number): PlainNumber {
  return { kind: 'packed', zone: 0, signed, padded: digits % 2 === 0, bit: 0, bits: 0, scale };
}

/** The plain form of unsigned integers of so many bits, of which all are usual. */
export function plainBits(bit: number, bits: number, scale: number): PlainNumber {
  return { kind: 'bits', zone: 0, signed: false, padded: false, bit, bits, scale };
}

/**
 * Read the digits of a field that holds nothing unusual: digits, and the sign that compilers write. NaN for everything else, which is
 * left to the reader that knows what to say about it.
 */
export function plainDigits(form: PlainNumber, bytes: Uint8Array, start: number, end: number): number {
  if (form.kind === 'zoned') return zonedDigits(form, bytes, start, end);
  if (form.kind === 'packed') return packedDigits(form, bytes, start, end);
  return readSmallBits(bytes, 8 * start + form.bit, form.bits);
}

function zonedDigits({ zone, signed }: PlainNumber, bytes: Uint8Array, start: number, end: number): number {
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
}

function packedDigits({ signed, padded }: PlainNumber, bytes: Uint8Array, start: number, end: number): number {
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
