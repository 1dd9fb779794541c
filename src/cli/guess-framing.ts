import type { Guess } from './run-shape.ts';

/** A file of blocks, or of records behind descriptor words, read as fixed records. */
export const guessWords: Guess = ({ format, sample }) => {
  if (format !== 'fixed') return null;
  if (readsAsBlocks(sample)) return 'the file reads as blocks of records (BDW and RDW): try --format bdw';
  if (readsAsWords(sample, false)) return 'the file reads as records with descriptor words (RDW): try --format rdw';
  if (!readsAsWords(sample, true)) return null;
  return 'the file reads as records with little-endian RDWs: try --format rdw --rdw-endian little';
};

/** Words that are none. */
export const guessNoWords: Guess = ({ format, garbage }) => {
  if ((format !== 'rdw' && format !== 'bdw') || garbage === 0) return null;
  return 'a descriptor word is impossible: try --format fixed, --rdw-endian little or --no-rdw-inclusive';
};

/** Whether inclusive words chain through the sample at least three times and up to its end. */
export function readsAsWords(sample: Uint8Array, little: boolean): boolean {
  let at = 0;
  let words = 0;
  while (at + 4 <= sample.length) {
    const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = sample.subarray(at, at + 4);
    const zeros = little ? b0 + b1 : b2 + b3;
    const length = little ? b3 * 256 + b2 + 4 : b0 * 256 + b1;
    if (zeros !== 0 || length < 5) return false;
    at += length;
    words += 1;
  }
  return words >= 3;
}

/** Whether the sample starts with a block descriptor word and descriptor words that fill the block. */
export function readsAsBlocks(sample: Uint8Array): boolean {
  const block = (sample[0] ?? 0) * 256 + (sample[1] ?? 0);
  if (block < 12 || (sample[2] ?? 1) !== 0 || (sample[3] ?? 1) !== 0) return false;
  let at = 4;
  while (at + 4 <= Math.min(block, sample.length)) {
    const length = (sample[at] ?? 0) * 256 + (sample[at + 1] ?? 0);
    if (length < 4 || sample[at + 2] !== 0 || sample[at + 3] !== 0) return false;
    at += length;
  }
  return at === block || (at > sample.length && block > sample.length);
}
