/**
 * Write `value` as `digits` digits in EBCDIC or ASCII (`zone` X'F0' or X'30'). A whole number from 0 up to 15 digits; digits that find
 * no room are lost.
 */
export function putDigits(out: Uint8Array, at: number, digits: number, value: number, zone: number): void {
  let end = at + digits;
  let high = value;
  // Below 2^31 a division is one of 32-bit integers.
  if (value > 0x7fffffff) {
    high = Math.floor(value / 1e8);
    let low = (value - high * 1e8) | 0;
    const stop = Math.max(at, end - 8);
    while (end > stop) {
      const quotient = (low / 10) | 0;
      out[--end] = zone + low - 10 * quotient;
      low = quotient;
    }
  }
  let low = high | 0;
  while (end > at) {
    const quotient = (low / 10) | 0;
    out[--end] = zone + low - 10 * quotient;
    low = quotient;
  }
}

/** Write the magnitude of a COMP-3 number into `length` bytes with `sign` in the last nibble. */
export function putPacked(out: Uint8Array, at: number, length: number, value: number, sign: number): void {
  let end = at + length - 1;
  let high = value;
  const tens = Math.floor(high / 10);
  out[end] = ((high - 10 * tens) << 4) | sign;
  high = tens;
  if (high > 0x7fffffff) {
    const rest = high;
    high = Math.floor(rest / 1e8);
    let low = (rest - high * 1e8) | 0;
    const stop = Math.max(at, end - 4);
    while (end > stop) {
      const quotient = (low / 100) | 0;
      out[--end] = hundreds[low - 100 * quotient] as number;
      low = quotient;
    }
  }
  let low = high | 0;
  while (end > at) {
    const quotient = (low / 100) | 0;
    out[--end] = hundreds[low - 100 * quotient] as number;
    low = quotient;
  }
}

const hundreds = Uint8Array.from({ length: 100 }, (_, value) => Math.floor(value / 10) * 16 + (value % 10));

/** Write a number in two's complement, high-order byte first. */
export function putBig(out: Uint8Array, at: number, length: number, value: number): void {
  if (length > 4) {
    const high = Math.floor(value / 0x100000000);
    putBig(out, at, length - 4, high);
    putBig(out, at + length - 4, 4, value - high * 0x100000000);
    return;
  }
  const word = value | 0;
  for (let index = 0; index < length; index++) out[at + index] = word >>> (8 * (length - 1 - index));
}

/** Write a number in two's complement, low-order byte first. */
export function putLittle(out: Uint8Array, at: number, length: number, value: number): void {
  putBig(out, at, length, value);
  out.subarray(at, at + length).reverse();
}

/** Write an unsigned number of up to 32 bits into bits that are zero, most significant first; `bit` counts from byte 0. */
export function putBits(out: Uint8Array, bit: number, bits: number, value: number): void {
  let left = bits;
  let at = bit;
  while (left > 0) {
    const room = 8 - (at & 7);
    const taken = left < room ? left : room;
    const part = (value >>> (left - taken)) & ((1 << taken) - 1);
    out[at >>> 3] = (out[at >>> 3] as number) | (part << (room - taken));
    at += taken;
    left -= taken;
  }
}
