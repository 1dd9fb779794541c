const few = 24; // bytes that are written one by one sooner than by a buffer
const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, '0'),
);

/** Write bytes as upper-case hexadecimal digits without separators. */
export function toHex(bytes: Uint8Array): string {
  if (bytes.length <= few) {
    let digits = '';
    for (let at = 0; at < bytes.length; at += 1) digits += pairs[bytes[at] ?? 0];
    return digits;
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex').toUpperCase();
}

/** Read hexadecimal digits (either case); `null` when the text is not an even number of them. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(text)) return null;
  return new Uint8Array(Buffer.from(text, 'hex'));
}
