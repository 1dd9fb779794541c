import type { RecordLength } from './fixed-step.ts';
import type { FrameWriter } from './frame-writer.ts';
import { type RecordEnds, wholeRecord } from './whole-record.ts';
import { emptyWritten } from './written-account.ts';

/**
 * Write records without descriptor words. Under a number shorter ones are padded by X'00'; under a function each must be as long as
 * its own bytes say.
 */
export function fixedWriter(recordLength: RecordLength, ends: RecordEnds): FrameWriter {
  const account = emptyWritten();
  const around = ends.start + ends.end;
  return {
    account,
    add(record, surroundings) {
      const taken = record.length + around;
      let padding = 0;
      if (typeof recordLength === 'number') {
        padding = recordLength - taken;
        if (padding < 0) {
          return { code: 'FRAME_LENGTH', message: `a record of at most ${recordLength} bytes; it takes ${taken}` };
        }
      }
      const whole = wholeRecord(record, ends, surroundings, padding);
      if (typeof recordLength !== 'number') {
        const said = recordLength.of(whole);
        if (said !== taken || taken === 0) {
          const found = said === null ? 'cannot be read' : `is ${said}`;
          const message = `a record as long as its own bytes say: it takes ${taken} bytes, and that length ${found}`;
          return { code: 'FRAME_LENGTH', message };
        }
      }
      account.records += record.length;
      account.skipped += around;
      account.padding += padding;
      return [whole];
    },
    end: (behind) => (behind === null ? [] : [behind]),
  };
}
