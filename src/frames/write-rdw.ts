import { type WordOptions, wordLength } from './descriptor-word.ts';
import type { FrameWriter } from './frame-writer.ts';
import { type RecordEnds, wholeRecord } from './whole-record.ts';
import { wordWriter } from './write-word.ts';
import { emptyWritten } from './written-account.ts';

/** Write records each behind a record descriptor word. */
export function rdwWriter(options: WordOptions, ends: RecordEnds): FrameWriter {
  const account = emptyWritten();
  const write = wordWriter(options, false);
  return {
    account,
    add(record, surroundings) {
      const whole = wholeRecord(record, ends, surroundings);
      const word = write(whole.length, wordBefore(surroundings?.before ?? null));
      if (word === null) {
        return { code: 'RDW_LENGTH', message: `a length that a record descriptor word can tell, not ${whole.length}` };
      }
      account.records += record.length;
      account.skipped += ends.start + ends.end;
      account.words += wordLength;
      return [word, whole];
    },
    end: (behind) => (behind === null ? [] : [behind]),
  };
}

/** The descriptor word at the end of what stands before a record. */
export function wordBefore(before: Uint8Array | null): Uint8Array | null {
  return before === null || before.length < wordLength ? null : before.subarray(before.length - wordLength);
}
