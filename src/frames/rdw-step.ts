import { toHex } from '../bytes/hex.ts';
import { otherBytesReader, type WordOptions, wordLength, wordReader } from './descriptor-word.ts';
import { type FrameWindow, maximumFrameLength } from './frame-window.ts';
import type { FrameProblem } from './piece.ts';

/** Cut records that each stand behind a record descriptor word. Behind an impossible word nothing can be trusted. */
export function rdwStep(options: WordOptions): (window: FrameWindow) => boolean {
  const read = wordReader(options, false);
  const readOther = otherBytesReader(options);
  let expected: number | null = null;
  let problem: FrameProblem | null = null;
  return (window) => {
    const { available, ended } = window;
    if (expected === null) {
      if (available === 0) return false;
      if (available < wordLength) {
        if (!ended) return false;
        window.discard(available, 'FRAME_CUT', 'the input ends inside a record descriptor word');
        return true;
      }
      const length = read(window);
      if (length < 0 || length > maximumFrameLength) {
        const text = `the word ${toHex(window.peek(wordLength))} says ${length} bytes; the rest of the file is lost`;
        window.discard(Number.POSITIVE_INFINITY, 'RDW_LENGTH', text);
        return true;
      }
      problem = readOther(window);
      window.word(wordLength);
      expected = length;
      return true;
    }
    if (available < expected && !ended) return false;
    if (available >= expected) {
      window.record(expected, problem);
    } else {
      window.record(available, {
        code: 'FRAME_CUT',
        message: `the input ends after ${available} of the record's ${expected} bytes`,
      });
    }
    expected = null;
    return true;
  };
}
