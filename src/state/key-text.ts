/** What makes a text of bytes: `toString` of a buffer without the buffer, which takes three times as long. */
type LatinSlice = (this: Uint8Array, from: number, to: number) => string;

const { latin1Slice } = Buffer.prototype as unknown as { readonly latin1Slice: LatinSlice };
const ascii = /^[\0-\x7f]*$/;

/** A key as a program gives it: bytes, or text that stands for its UTF-8. */
export type StateKey = Uint8Array | string;

/**
 * Write a key as text with one character from U+0000 to U+00FF for each of its bytes: such texts can be members of a `Map` and compare as the
 * bytes do.
 */
export function keyText(key: StateKey): string {
  if (typeof key === 'string') return ascii.test(key) ? key : Buffer.from(key, 'utf8').toString('latin1');
  return latin1Slice.call(key, 0, key.length);
}

/** The bytes of a key that `keyText` made. */
export function keyBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** Order texts of keys as their bytes. */
export function compareKeyTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
