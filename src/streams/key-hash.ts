const two32 = 4_294_967_296;

/**
 * Mix the bits of the key at `values[at]`, a whole number of up to 53 bits; negative ones too. `seed` keeps senders from choosing keys
 * that collide.
 */
export function keyHash(values: Float64Array, at: number, seed: number): number {
  const key = values[at] as number;
  let hash = Math.imul((key | 0) ^ Math.imul((key / two32) | 0, 0x85eb_ca6b) ^ seed, 0x9e37_79b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  return hash ^ (hash >>> 13);
}
