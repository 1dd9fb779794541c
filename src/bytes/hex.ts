/** Write bytes as upper-case hexadecimal digits without separators. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex').toUpperCase();
}

/** Read hexadecimal digits (either case); `null` when the text is not an even number of them. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(text)) return null;
  return new Uint8Array(Buffer.from(text, 'hex'));
}
