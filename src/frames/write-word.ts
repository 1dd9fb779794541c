import { type WordOptions, wordLength } from './descriptor-word.ts';

/** Writes a descriptor word for a number of bytes behind it; `null` when two bytes cannot hold that length. */
export type WordWriter = (length: number, before: Uint8Array | null) => Uint8Array | null;

const extendedBit = 0x80000000;

/**
 * Make the writer of a descriptor word, the other way round than `wordReader`.
 *
 * `before` is the word the original had there: the two bytes beside the length come from it, else they are zero. A block word
 * whose length takes more than 15 bits, or was an extended one before, becomes an extended one where there are such.
 */
export function wordWriter(options: WordOptions, block: boolean): WordWriter {
  const little = options.endian === 'little';
  const position = options.position ?? (little ? 2 : 0);
  const inclusive = options.inclusive ?? !little;
  const correction = (inclusive ? wordLength : 0) - (options.adjustment ?? 0);
  const extensible = block && !little && position === 0;
  return (length, before) => {
    const value = length + correction;
    const word = Buffer.alloc(wordLength);
    if (before !== null) word.set(before);
    if (extensible && (value >= 0x8000 || (word[0] ?? 0) >= 0x80)) {
      if (value < 0 || value >= extendedBit) return null;
      word.writeUInt32BE(value + extendedBit);
      return word;
    }
    if (value < 0 || value > 0xffff) return null;
    if (little) word.writeUInt16LE(value, position);
    else word.writeUInt16BE(value, position);
    return word;
  };
}
