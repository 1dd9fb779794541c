import { putDigits } from './put-digits.ts';

const zero = 0x30; // the zone of ASCII digits
const quote = 0x22;

/** Bytes that `putDecimal` takes at most. */
export function decimalRoom(scale: number): number {
  return 20 + Math.abs(scale);
}

/** Write a whole number from 0 up to 15 digits as JSON; returns where it ends. */
export function putWhole(out: Uint8Array, at: number, value: number): number {
  if (value < 10) {
    out[at] = zero + value;
    return at + 1;
  }
  const digits = countDigits(value);
  putDigits(out, at, digits, value, zero);
  return at + digits;
}

/** Write stored digits at a scale, exactly `scale` decimals, as decoding prints them; NaN is null. Returns where it ends. */
export function putDecimal(out: Uint8Array, start: number, value: number, scale: number): number {
  if (scale === 0 && value >= 0) return putWhole(out, start, value);
  if (Number.isNaN(value)) return putAscii(out, start, 'null');
  let at = start;
  if (value < 0) out[at++] = 0x2d;
  const size = value < 0 ? -value : value;
  if (scale <= 0) {
    at = putWhole(out, at, size);
    for (let left = size === 0 ? 0 : -scale; left > 0; left--) out[at++] = zero;
    return at;
  }
  const digits = Math.max(countDigits(size), scale + 1);
  putDigits(out, at, digits, size, zero);
  const point = at + digits - scale;
  for (let place = at + digits; place > point; place--) out[place] = out[place - 1] as number;
  out[point] = 0x2e;
  return at + digits + 1;
}

/** Write a text of `digits` digits, in quotes. */
export function putDigitText(out: Uint8Array, at: number, digits: number, value: number): number {
  out[at] = quote;
  putDigits(out, at + 1, digits, value, zero);
  out[at + 1 + digits] = quote;
  return at + digits + 2;
}

/** Write ASCII characters as they are. */
export function putAscii(out: Uint8Array, at: number, text: string): number {
  for (let index = 0; index < text.length; index++) out[at + index] = text.charCodeAt(index);
  return at + text.length;
}

/** Copy all bytes of a piece: they are few. */
export function putBytes(out: Uint8Array, at: number, bytes: Uint8Array): number {
  const { length } = bytes;
  for (let index = 0; index < length; index++) out[at + index] = bytes[index] as number;
  return at + length;
}

function countDigits(value: number): number {
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits++;
  return digits;
}
