/** Hash a text to 32 bits, signed: FNV-1a over its UTF-16 units from a seed on, and the finalizer of MurmurHash3. */
export function textHash(text: string, seed: number): number {
  let hash = seed ^ 0x811c_9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}

const two32 = 4_294_967_296;

/** Draw a bet for a campaign: a number from 0 to 1 without it, the same for the same bet and seed, whoever asks. */
export function drawOf(bet: string, seed: number): number {
  return (textHash(bet, seed) >>> 0) / two32;
}
