import type { FrameWriter } from './frame-writer.ts';
import type { FrameFormat, SkipOptions } from './framer.ts';
import { bdwWriter } from './write-bdw.ts';
import { fixedWriter } from './write-fixed.ts';
import { rdwWriter } from './write-rdw.ts';
import { textWriter } from './write-text.ts';

/** How a file is written. */
export interface WriteOptions {
  /** Bytes that a block of `bdw` takes at most, unless one record alone takes more. Default 32760, the largest BLKSIZE. */
  readonly blockSize?: number;
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
  }
}

const largestBlock = 32_760; // z/OS: BLKSIZE of DASD data sets
