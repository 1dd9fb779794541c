import type { FrameWriter } from './frame-writer.ts';
import type { LineEnds } from './text-step.ts';
import { type RecordEnds, wholeRecord } from './whole-record.ts';
import { emptyWritten } from './written-account.ts';

const carriageReturn = 0x0d;

/** Write lines that end with LF, in EBCDIC with NEL (X'15'); with an original, as they ended there. */
export function textWriter(lineEnds: LineEnds, ends: RecordEnds): FrameWriter {
  const account = emptyWritten();
  const lineEnd = Uint8Array.of(lineEnds === 'ascii' ? 0x0a : 0x15);
  const enders = lineEnds === 'ascii' ? [0x0a] : [0x15, 0x25];
  let open = false; // the last line has no end yet
  const counted = (part: Uint8Array): Uint8Array[] => {
    account.lineEnds += part.length;
    return part.length === 0 ? [] : [part];
  };
  return {
    account,
    add(record, surroundings) {
      const whole = wholeRecord(record, ends, surroundings);
      const code = 'FRAME_LINE';
      if (whole.length === 0) return { code, message: 'a line with at least one byte' };
      const inside = whole.findIndex((byte) => enders.includes(byte));
      if (inside >= 0 || whole.at(-1) === carriageReturn) {
        const at = inside >= 0 ? inside : whole.length - 1;
        const hex = (whole[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
        return { code, message: `a record without line ends; its byte ${at} is X'${hex}'` };
      }
      const before = surroundings?.before ?? lineEnd;
      // What stood before a record that is now the first, but was not, belongs to lines that are not written.
      const between = open ? counted(before) : surroundings?.first === true ? counted(before) : [];
      open = true;
      account.records += record.length;
      account.skipped += ends.start + ends.end;
      return [...between, whole];
    },
    end(behind) {
      if (behind !== null) return counted(behind);
      return open ? counted(lineEnd) : [];
    },
  };
}
