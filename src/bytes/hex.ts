import type { ByteText } from './byte-text.ts';

const few = 24; // bytes that are written one by one sooner than by a buffer
const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, '0'),
);
const words: Uint16Array = Uint16Array.from(pairs, (pair) => (pair.charCodeAt(0) << 8) | pair.charCodeAt(1));

/** Write bytes as upper-case hexadecimal digits without separators. */
export function toHex(bytes: Uint8Array): string {
  if (bytes.length <= few) {
    let digits = '';
    for (let at = 0; at < bytes.length; at += 1) digits += pairs[bytes[at] ?? 0];
    return digits;
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex').toUpperCase();
}

/** Write the same into a text. */
export function writeHex(bytes: Uint8Array, out: ByteText): void {
  const { length } = bytes;
  out.reserve(2 * length);
  const { view } = out;
  let place = out.length;
  for (let at = 0; at < length; at++, place += 2) view.setUint16(place, words[bytes[at] as number] as number);
  out.length = place;
}

/** Read hexadecimal digits (either case); `null` when the text is not an even number of them. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(text)) return null;
  return new Uint8Array(Buffer.from(text, 'hex'));
}
