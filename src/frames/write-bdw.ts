import { type WordOptions, wordLength } from './descriptor-word.ts';
import type { FrameWriter } from './frame-writer.ts';
import { type RecordEnds, wholeRecord } from './whole-record.ts';
import { wordBefore } from './write-rdw.ts';
import { wordWriter } from './write-word.ts';
import { emptyWritten } from './written-account.ts';

/**
 * Write records with their words in blocks of at most `blockSize` bytes; a longer record has a block of its own.
 *
 * With an original blocks start where they did there, unless they would grow too long.
 */
export function bdwWriter(block: WordOptions, record: WordOptions, ends: RecordEnds, blockSize: number): FrameWriter {
  const account = emptyWritten();
  const writeBlock = wordWriter(block, true);
  const writeRecord = wordWriter(record, false);
  let parts: Uint8Array[] = [];
  let length = 0; // of the block that is not written yet, without its word
  let word: Uint8Array | null = null; // of that block, in the original

  /** The block so far, behind its word. What is in it has been found to fit. */
  const takeBlock = (): Uint8Array[] => {
    const made = parts.length === 0 ? null : writeBlock(length, word);
    const taken = made === null ? [] : [made, ...parts];
    if (made !== null) account.words += wordLength;
    parts = [];
    length = 0;
    word = null;
    return taken;
  };

  return {
    account,
    add(bytes, surroundings) {
      const whole = wholeRecord(bytes, ends, surroundings);
      const before = surroundings?.before ?? null;
      const ownWord = writeRecord(whole.length, wordBefore(before));
      if (ownWord === null || writeBlock(whole.length + wordLength, null) === null) {
        return { code: 'RDW_LENGTH', message: `a length that descriptor words can tell, not ${whole.length}` };
      }
      const added = wordLength + whole.length;
      const starts = before !== null && before.length >= 2 * wordLength;
      const joined = length + added;
      const full = parts.length > 0 && (wordLength + joined > blockSize || writeBlock(joined, null) === null);
      const written = starts || full ? takeBlock() : [];
      if (starts) {
        const empty = before.subarray(0, before.length - 2 * wordLength); // blocks without records
        if (empty.length > 0) written.push(empty);
        account.words += empty.length;
        word = before.subarray(empty.length, empty.length + wordLength);
      }
      parts.push(ownWord, whole);
      length += added;
      account.records += bytes.length;
      account.skipped += ends.start + ends.end;
      account.words += wordLength;
      return written;
    },
    end(behind) {
      const written = takeBlock();
      if (behind === null || behind.length === 0) return written;
      account.words += behind.length;
      return [...written, behind];
    },
  };
}
