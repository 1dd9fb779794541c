const doubles = new Float64Array(3);
const words = new Int32Array(doubles.buffer);

/**
 * Mix the bits of a key, which is a double in the two integers from `header[at]` on. `seed` keeps senders from choosing keys that collide.
 */
export function keyHash(header: Int32Array, at: number, seed: number): number {
  let hash = Math.imul((header[at] as number) ^ seed, 0x9e37_79b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ (header[at + 1] as number), 0x2c1b_3c6d);
  return hash ^ (hash >>> 13);
}

/** Mix the hash of a key with the sequence, and the time where it is `timed`: the doubles after the key at `header[at]`. */
export function identityHash(keyBits: number, header: Int32Array, at: number, timed: boolean): number {
  let hash = Math.imul(keyBits ^ (header[at + 2] as number) ^ (header[at + 3] as number), 0x1656_67b1);
  if (timed) {
    hash ^= (hash >>> 15) ^ (header[at + 5] as number);
    hash = Math.imul(hash ^ ((header[at + 4] as number) >>> 7), 0x27d4_eb2f);
  }
  return hash ^ (hash >>> 14);
}

/** The hash of a key that is at hand as a number. */
export function numberHash(key: number, seed: number): number {
  doubles[0] = key;
  return keyHash(words, 0, seed);
}

/** The hash of an identity that is at hand as numbers. */
export function valuesHash(key: number, sequence: number, time: number, seed: number, timed: boolean): number {
  doubles[0] = key;
  doubles[1] = sequence;
  doubles[2] = time;
  return identityHash(keyHash(words, 0, seed), words, 0, timed);
}
