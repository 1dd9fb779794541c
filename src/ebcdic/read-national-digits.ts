/**
 * Turn the UTF-16 units of a numeric NATIONAL field into ASCII bytes for `readZoned` with `data: 'ascii'`.
 *
 * A unit that is no ASCII character, and an odd last byte, become X'FF', which is neither digit nor sign.
 */
export function readNationalDigits(bytes: Uint8Array, order: 'big' | 'little'): Uint8Array {
  const ascii = new Uint8Array(Math.ceil(bytes.length / 2));
  for (let index = 0; index < ascii.length; index++) {
    const high = bytes[2 * index + (order === 'big' ? 0 : 1)];
    const low = bytes[2 * index + (order === 'big' ? 1 : 0)];
    ascii[index] = high === 0 && low !== undefined && low < 0x80 ? low : 0xff;
  }
  return ascii;
}
