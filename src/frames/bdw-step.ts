import { toHex } from '../bytes/hex.ts';
import { otherBytesReader, type WordOptions, wordLength, wordReader } from './descriptor-word.ts';
import { type FrameWindow, maximumFrameLength } from './frame-window.ts';
import type { FrameProblem } from './piece.ts';

/**
 * Cut blocks of records: a block descriptor word, then records with their words until the block is used up.
 *
 * An impossible record word costs the rest of its block; an impossible block word costs the rest of the file.
 */
export function bdwStep(block: WordOptions, record: WordOptions): (window: FrameWindow) => boolean {
  const readBlock = wordReader(block, true);
  const readRecord = wordReader(record, false);
  const readOther = otherBytesReader(record);
  let blockLeft = 0;
  let expected: number | null = null;
  let problem: FrameProblem | null = null;

  const takeBlockWord = (window: FrameWindow): boolean => {
    const { available, ended } = window;
    if (available === 0) return false;
    if (available < wordLength) {
      if (!ended) return false;
      window.discard(available, 'FRAME_CUT', 'the input ends inside a block descriptor word');
      return true;
    }
    const length = readBlock(window);
    if (length < 0) {
      const text = `the word ${toHex(window.peek(wordLength))} says ${length} bytes; the rest of the file is lost`;
      window.discard(Number.POSITIVE_INFINITY, 'BDW_LENGTH', text);
      return true;
    }
    window.word(wordLength);
    blockLeft = length;
    return true;
  };

  const giveUpBlock = (window: FrameWindow, text: string): boolean => {
    window.discard(blockLeft, 'RDW_LENGTH', `${text}; the rest of the block is lost`);
    blockLeft = 0;
    return true;
  };

  const takeRecordWord = (window: FrameWindow): boolean => {
    const { available, ended } = window;
    if (blockLeft < wordLength) return giveUpBlock(window, `${blockLeft} bytes at the end of a block are no record`);
    if (available < wordLength) {
      if (!ended) return false;
      window.discard(
        available,
        'FRAME_CUT',
        `the input ends inside a block, ${blockLeft - available} bytes before its end`,
      );
      blockLeft = 0;
      return true;
    }
    const length = readRecord(window);
    if (length < 0 || length > blockLeft - wordLength || length > maximumFrameLength) {
      const word = toHex(window.peek(wordLength));
      return giveUpBlock(window, `the word ${word} says ${length} bytes where ${blockLeft - wordLength} are left`);
    }
    problem = readOther(window);
    window.word(wordLength);
    blockLeft -= wordLength;
    expected = length;
    return true;
  };

  const takeRecord = (window: FrameWindow, length: number): boolean => {
    const { available, ended } = window;
    if (available < length && !ended) return false;
    if (available >= length) {
      window.record(length, problem);
      blockLeft -= length;
    } else {
      window.record(available, {
        code: 'FRAME_CUT',
        message: `the input ends after ${available} of the record's ${length} bytes`,
      });
      blockLeft = 0;
    }
    expected = null;
    return true;
  };

  return (window) => {
    if (expected !== null) return takeRecord(window, expected);
    return blockLeft > 0 ? takeRecordWord(window) : takeBlockWord(window);
  };
}
