import { readSync } from 'node:fs';
import { createFramer, type FrameFormat, type Framer } from '../frames/framer.ts';
import type { Piece } from '../frames/piece.ts';
import type { ReadLimit, SourceFrame } from '../streams/source.ts';
import { frameOfPiece } from './frame-of-piece.ts';

/**
 * A place between two pieces of a file: a byte offset where framing can start anew, and how many pieces to pass over from there.
 */
export interface FilePlace {
  readonly base: number;
  readonly skip: number;
}

export const fileStart: FilePlace = { base: 0, skip: 0 };

const chunkBytes = 256 * 1024;

/** Reads the frames of an open file from a place on, as far as the file goes at the moment. It does not close the file. */
export class FrameFile {
  readonly #file: number;
  readonly #format: FrameFormat;
  readonly #framer: Framer;
  readonly #ingested: number | null;
  readonly #start: number;
  #base: number;
  #skip: number;
  #passOver: number;
  #offset: number;
  #pieces: Piece[] = [];
  #next = 0;
  #ended = false;

  /** `ingested` is the time of the frames for which the format tells none. */
  constructor(file: number, format: FrameFormat, place: FilePlace, ingested: number | null) {
    this.#file = file;
    this.#format = format;
    this.#framer = createFramer(format);
    this.#ingested = ingested;
    this.#start = place.base;
    this.#base = place.base;
    this.#offset = place.base;
    this.#skip = 0;
    this.#passOver = place.skip;
  }

  /** Where the next frame is to be found. */
  get place(): FilePlace {
    return { base: this.#base, skip: this.#skip + this.#passOver };
  }

  /** Bytes read from the file so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Take the next frames; none when the file goes no further, unless `whole` says that it never will, so that its rest is framed. */
  read(limit: ReadLimit, whole: boolean): SourceFrame[] {
    const frames: SourceFrame[] = [];
    let bytes = 0;
    while (frames.length < limit.frames && bytes < limit.bytes) {
      if (this.#next >= this.#pieces.length && !this.#fill(whole)) break;
      const piece = this.#pieces[this.#next++];
      if (piece === undefined) continue;
      this.#skip++;
      if (this.#passOver > 0) {
        this.#passOver--;
        continue;
      }
      const captured = piece.kind === 'record' ? piece.time : null;
      frames.push(frameOfPiece(piece, captured ?? this.#ingested));
      bytes += piece.bytes.length;
    }
    return frames;
  }

  /** Read a chunk and frame it; whether that can lead to more. */
  #fill(whole: boolean): boolean {
    const { account } = this.#framer;
    const last = this.#pieces.at(-1);
    // Framing starts anew behind a frame. A block that holds frames has no such place inside of it.
    const { format } = this.#format;
    if (last?.kind === 'record' && this.#passOver === 0 && format !== 'bdw') {
      // Lines have an end behind them; the word of a frame that is not all there yet is in the account already.
      const hasLines = format === 'text' || format === 'quarantine';
      const behind = hasLines ? account.records + account.lineEnds + account.garbage : last.offset + last.length;
      this.#base = this.#start + behind;
      this.#skip = 0;
    }
    const chunk = Buffer.allocUnsafeSlow(chunkBytes);
    const length = readSync(this.#file, chunk, 0, chunkBytes, this.#offset);
    this.#offset += length;
    this.#next = 0;
    if (length > 0) {
      this.#pieces = this.#framer.push(chunk.subarray(0, length));
      return true;
    }
    this.#pieces = whole && !this.#ended ? this.#framer.end() : [];
    this.#ended ||= whole;
    return this.#pieces.length > 0;
  }
}
