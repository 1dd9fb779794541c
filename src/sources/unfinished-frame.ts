import type { Framer } from '../frames/framer.ts';

/** Whether the input of a framer stops inside of a frame; `records` is how many it gave, `isWords` that each has a word in front. */
export function isFrameUnfinished({ account }: Framer, isWords: boolean, given: number): boolean {
  const { input, records, words, lineEnds, garbage, skipped, unread } = account;
  // A record word without its record is accounted already.
  return input > records + words + lineEnds + garbage + skipped + unread || (isWords && words > 4 * given);
}
