/** Turn the ASCII bytes of a numeric field, as `writeZoned` makes them, into UTF-16 units. The inverse of `readNationalDigits`. */
export function writeNationalDigits(ascii: Uint8Array, order: 'big' | 'little'): Uint8Array {
  const bytes = new Uint8Array(2 * ascii.length);
  for (const [index, byte] of ascii.entries()) bytes[2 * index + (order === 'big' ? 1 : 0)] = byte;
  return bytes;
}
