import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { OutputRecord } from './record-members.ts';

/** Make the text of a record. Throws FRAME_LENGTH with its place for one that is longer than a string may be. */
export function recordLine({ file, recordNumber, offset }: OutputRecord, make: () => string): string {
  try {
    return make();
  } catch (error) {
    const tooLong =
      (error instanceof RangeError && error.message === 'Invalid string length') ||
      (error instanceof Error && 'code' in error && error.code === tooLongText);
    if (!tooLong) throw error;
    const place = printable(`${file}@${offset} record ${recordNumber}`);
    throw new OverpunchError(
      'FRAME_LENGTH',
      `${place}: FRAME_LENGTH: the record is too long to be written as one text`,
      {
        hint: 'choose fields with --select, and leave out --raw',
        cause: error,
      },
    );
  }
}

const tooLongText = 'ERR_STRING_TOO_LONG';
