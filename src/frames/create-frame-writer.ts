import { checkedFrameCheck } from './frame-check.ts';
import type { FrameWriter } from './frame-writer.ts';
import type { FrameFormat, SkipOptions } from './framer.ts';
import { bdwWriter } from './write-bdw.ts';
import { captureWriter } from './write-capture.ts';
import { fixedWriter } from './write-fixed.ts';
import { rdwWriter } from './write-rdw.ts';
import { textWriter } from './write-text.ts';

/** How a file is written. */
export interface WriteOptions {
  /** Bytes that a block of `bdw` takes at most, unless one record alone takes more. Default 32760, the largest BLKSIZE. */
  readonly blockSize?: number;
  /** Capture time of a frame of `capture` that has none in the original, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly captureTime?: (record: Uint8Array) => number;
}

/** The formats that can be written. */
export type WritableFormat = Exclude<FrameFormat, { readonly format: 'quarantine' }>;

/** Make the writer of a format. Where `skip` passes over bytes at the ends of records, it writes X'00' without an original. */
export function createFrameWriter(
  format: WritableFormat,
  skip: SkipOptions = {},
  options: WriteOptions = {},
): FrameWriter {
  const ends = { start: skip.recordStart ?? 0, end: skip.recordEnd ?? 0 };
  switch (format.format) {
    case 'fixed':
      return fixedWriter(format.recordLength, ends);
    case 'rdw':
      return rdwWriter(format.rdw ?? {}, ends);
    case 'bdw':
      return bdwWriter(format.bdw ?? {}, format.rdw ?? {}, ends, options.blockSize ?? largestBlock);
    case 'text':
      return textWriter(format.lineEnds ?? 'ascii', ends);
    case 'capture':
      return captureWriter(checkedFrameCheck(format.header), ends, options.captureTime ?? null);
    case 'frames': {
      const { minimum, lengthAt } = checkedFrameCheck(format.header);
      const of = (bytes: Uint8Array): number | null => {
        const length = bytes.length < minimum ? Number.NaN : (lengthAt?.(bytes, 0) ?? Number.NaN);
        return Number.isNaN(length) ? null : length;
      };
      return fixedWriter({ reach: minimum, of }, ends);
    }
  }
}

const largestBlock = 32_760; // z/OS: BLKSIZE of DASD data sets
