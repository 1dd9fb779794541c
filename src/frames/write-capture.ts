import { isCaptureTime, prefixedTime, prefixLength, writeCapturePrefix } from './capture-prefix.ts';
import type { FrameCheck } from './frame-check.ts';
import type { FrameWriter } from './frame-writer.ts';
import { type RecordEnds, wholeRecord } from './whole-record.ts';
import { emptyWritten } from './written-account.ts';

/**
 * Write frames each behind its length and capture time: that of the original, else the one `captureTime` gives in milliseconds since
 * 1970-01-01T00:00:00Z.
 */
export function captureWriter(
  { maximum }: FrameCheck,
  ends: RecordEnds,
  captureTime: ((record: Uint8Array) => number) | null,
): FrameWriter {
  const account = emptyWritten();
  return {
    account,
    add(record, surroundings) {
      const whole = wholeRecord(record, ends, surroundings);
      const before = surroundings?.before ?? null;
      let time = Number.NaN;
      if (before !== null && before.length >= prefixLength) time = prefixedTime(before, before.length - prefixLength);
      else if (captureTime !== null) time = Math.round(captureTime(record) * 1000);
      if (whole.length < 1 || whole.length > maximum || !isCaptureTime(time)) {
        const found = Number.isNaN(time) ? 'without a time' : `at ${time} microseconds since 1970`;
        const message = `a frame of 1 to ${maximum} bytes, captured from 1990 to 2099, not one of ${whole.length} ${found}`;
        return { code: 'CAPTURE_PREFIX', message };
      }
      const prefix = new Uint8Array(prefixLength);
      writeCapturePrefix(prefix, 0, whole.length, time);
      account.records += record.length;
      account.skipped += ends.start + ends.end;
      account.words += prefixLength;
      return [prefix, whole];
    },
    end: (behind) => (behind === null ? [] : [behind]),
  };
}
