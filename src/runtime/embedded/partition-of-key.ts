const seed = 0x9747b28c;
const multiplier = 0x5bd1e995;

/** Kafka's 32-bit MurmurHash2 (`org.apache.kafka.common.utils.Utils.murmur2`), as a signed number. */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  let hash = seed ^ length;
  const whole = length & ~3;
  for (let at = 0; at < whole; at += 4) {
    let word =
      (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    word = Math.imul(word, multiplier);
    word ^= word >>> 24;
    hash = Math.imul(hash, multiplier) ^ Math.imul(word, multiplier);
  }
  const rest = length - whole;
  if (rest >= 3) hash ^= (bytes[whole + 2] ?? 0) << 16;
  if (rest >= 2) hash ^= (bytes[whole + 1] ?? 0) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ (bytes[whole] ?? 0), multiplier);
  hash = Math.imul(hash ^ (hash >>> 13), multiplier);
  return (hash ^ (hash >>> 15)) | 0;
}

/** The partition of a key, as Kafka's default partitioner has it: a topic means the same thing in both runtimes. */
export function partitionOfKey(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions;
}
