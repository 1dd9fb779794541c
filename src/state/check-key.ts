/** The longest key, in bytes: what fits into every page of every backend. */
export const maxKeyLength = 1024;

/** Refuse a key that no table can hold: that is a mistake of the program, not of its input. */
export function checkKey(key: { readonly length: number }): void {
  if (key.length === 0 || key.length > maxKeyLength) {
    throw new RangeError(`a key has 1 to ${maxKeyLength} bytes, not ${key.length}`);
  }
}
