import { prefixedLength, prefixLength } from './capture-prefix.ts';
import { checkedFrameCheck, type FrameCheck } from './frame-check.ts';
import type { WordScan, WordScanner } from './word-scanner.ts';

const nothingOdd: readonly number[] = [];

/**
 * Make the scanner of captured frames. It lists those that prefix and header agree on, or whose header says nothing: what the framer finds
 * without looking around. Anything else it leaves to the framer. Throws USAGE for a check that cannot be.
 */
export function createCaptureScanner(check: FrameCheck): WordScanner {
  const { minimum, maximum, lengthAt } = checkedFrameCheck(check);

  /** Whether the header denies the length that its prefix gives. */
  const denies = (bytes: Uint8Array, at: number, length: number): boolean => {
    if (lengthAt === null) return false;
    const said = lengthAt(bytes, at);
    return said !== length && said >= minimum && said <= maximum;
  };

  return {
    scan(bytes, from, to, list): WordScan {
      const room = list.length >> 1;
      let at = from;
      let content = 0;
      let count = 0;
      const end = (stopped: WordScan['stopped'], wanted: number): WordScan => {
        return { count, next: at, content, odd: nothingOdd, stopped, wanted };
      };
      for (;;) {
        if (count === room) return end('full', 0);
        const start = at + prefixLength;
        if (start > to) return end('more', prefixLength);
        const length = prefixedLength(bytes, at, maximum);
        if (length < minimum) return end('lost', 0);
        if (start + length > to) return end('more', prefixLength + length);
        if (denies(bytes, start, length)) return end('lost', 0);
        list[2 * count] = start;
        list[2 * count + 1] = length;
        content += length;
        count += 1;
        at = start + length;
      }
    },
    problemAt: () => null,
  };
}
