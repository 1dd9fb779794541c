import { createFramer } from '../frames/framer.ts';
import type { Frame, Garbage, Piece } from '../frames/piece.ts';
import { readFrames } from '../frames/read-frames.ts';
import type { InputFile } from './input-file.ts';
import type { Decoding } from './prepare-decoding.ts';
import type { Place } from './problem-report.ts';
import type { ReadRecord, RecordDecoder } from './record-decoder.ts';

/** What identifies a record to somebody: all that is given must fit. */
export interface FrameQuery {
  /** Counts from 1; from a quarantine, the number it had before. */
  readonly recordNumber?: number | undefined;
  /** A byte of the file: of the record, or of the descriptor word or line end before it. */
  readonly offset?: number | undefined;
  readonly where: ((record: ReadRecord) => boolean) | null;
  /** Records that fit to pass over. */
  readonly skip: number;
}

/** The frame that was looked for, and how far the search came. */
export interface FoundFrame {
  readonly piece: Piece | null;
  readonly place: Place;
  /** Records that were seen. */
  readonly records: number;
  /** Bytes that were seen. */
  readonly bytes: number;
}

/** Look for a record in a file, reading no further than needed. Garbage is found by its offset. Throws IO and GZIP. */
export async function findFrame(
  input: InputFile,
  decoding: Pick<Decoding, 'format' | 'skipBytes' | 'decoder'>,
  query: FrameQuery,
): Promise<FoundFrame> {
  const framer = createFramer(decoding.format, decoding.skipBytes);
  let records = 0;
  let left = query.skip;
  for await (const pieces of readFrames(input.chunks(), framer)) {
    for (const piece of pieces) {
      if (piece.kind === 'record') records += 1;
      const place = placeOf(input, piece);
      if (!fits(piece, place, decoding.decoder, query)) continue;
      if (left === 0) return { piece, place, records, bytes: framer.account.input };
      left -= 1;
    }
  }
  const nowhere = { file: input.name, record: null, offset: 0 };
  return { piece: null, place: nowhere, records, bytes: framer.account.input };
}

function fits(piece: Piece, place: Place, decoder: RecordDecoder, query: FrameQuery): boolean {
  const { recordNumber, offset, where } = query;
  if (offset !== undefined && place.offset + lengthOf(piece) <= offset) return false;
  if (piece.kind === 'garbage') return offset !== undefined && recordNumber === undefined && where === null;
  if (recordNumber !== undefined && place.record !== recordNumber) return false;
  if (decoder.mayWant?.(piece.bytes) === false) return false;
  return where === null || where(decoder.read(piece.bytes));
}

/** Bytes in the file; from a quarantine, in the file before. */
function lengthOf(piece: Piece): number {
  return piece.origin === null ? piece.length : piece.bytes.length;
}

/** Where a piece stands; from a quarantine, where it stood before. */
function placeOf(input: InputFile, piece: Frame | Garbage): Place {
  const record = piece.kind === 'record' ? piece.recordNumber : null;
  return piece.origin ?? { file: input.name, record, offset: piece.offset };
}
