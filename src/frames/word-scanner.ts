import { otherBytesReader, wordLength, wordReader, wordShape } from './descriptor-word.ts';

import { maximumFrameLength } from './frame-window.ts';
import type { FrameFormat } from './framer.ts';
import type { FrameProblem } from './piece.ts';

/** Formats whose records stand behind descriptor words. */
export type WordFormat = Extract<FrameFormat, { readonly format: 'rdw' | 'bdw' }>;

/** Records found by their words. */
export interface WordScan {
  readonly count: number;
  /** Behind the last of them: where the next word stands. */
  readonly next: number;
  /** Bytes of the records. */
  readonly content: number;
  /** Which of them have something other than zeros in the other bytes of their words. */
  readonly odd: readonly number[];
  /**
   * `more`: what is next is not wholly there; `full`: so is the list; `lost`: no records can be told from what is next, ask the framer.
   */
  readonly stopped: 'more' | 'full' | 'lost';
  /** Bytes from `next` on that are needed to go on after `more`, as far as that is known. */
  readonly wanted: number;
}

/** Goes from word to word over records in memory, and makes nothing of them but a list. */
export interface WordScanner {
  /**
   * List the whole records between two offsets, each with its offset and length; of `bdw` those of whole blocks. The list holds two
   * numbers for each record.
   */
  scan(bytes: Uint8Array, from: number, to: number, list: Int32Array): WordScan;
  /** What the framer says about a record whose word is odd. `at` is the offset of the record. */
  problemAt(bytes: Uint8Array, at: number): FrameProblem | null;
}

/** Make the scanner of a format. What it lists are the records that the framer of the format finds. */
export function createWordScanner(format: WordFormat): WordScanner {
  const blocks = format.format === 'bdw';
  const { high, low, other, correction } = wordShape(format.rdw ?? {}, false);
  const readBlock = wordReader(format.format === 'bdw' ? (format.bdw ?? {}) : {}, true);
  const readOther = otherBytesReader(format.rdw ?? {});
  const wordAt = (bytes: Uint8Array, at: number) => ({
    byte: (distance: number): number => bytes[at + distance] ?? 0,
    peek: (length: number): Uint8Array => bytes.subarray(at, at + length),
  });

  return {
    scan(bytes, from, to, list): WordScan {
      const room = list.length >> 1;
      const odd: number[] = [];
      let at = from;
      let content = 0;
      let count = 0;
      // Behind the last whole block, or the last record where there are none.
      let whole = { count: 0, next: from, content: 0 };
      let blockEnd = blocks ? from : Number.POSITIVE_INFINITY;
      const end = (stopped: WordScan['stopped'], wanted: number): WordScan => {
        const found = blocks ? whole : { count, next: at, content };
        while ((odd.at(-1) ?? -1) >= found.count) odd.pop();
        return { ...found, odd, stopped, wanted };
      };
      for (;;) {
        if (at === blockEnd) {
          whole = { count, next: at, content };
          if (to - at < wordLength) return end('more', wordLength);
          const length = readBlock(wordAt(bytes, at));
          if (length < 0) return end('lost', 0);
          blockEnd = at + wordLength + length;
          if (blockEnd > to) return end('more', wordLength + length);
          at += wordLength;
          continue;
        }
        if (count === room) return end('full', 0);
        if (blockEnd - at < wordLength) return end('lost', 0);
        if (to - at < wordLength) return end('more', wordLength);
        const length = (bytes[at + high] ?? 0) * 0x100 + (bytes[at + low] ?? 0) + correction;
        const next = at + wordLength + length;
        if (length < 0 || length > maximumFrameLength || next > blockEnd) return end('lost', 0);
        if (next > to) return end('more', wordLength + length);
        if (bytes[at + other] !== 0 || bytes[at + other + 1] !== 0) odd.push(count);
        list[2 * count] = at + wordLength;
        list[2 * count + 1] = length;
        content += length;
        count += 1;
        at = next;
      }
    },
    problemAt: (bytes, at) => readOther(wordAt(bytes, at - wordLength)),
  };
}
