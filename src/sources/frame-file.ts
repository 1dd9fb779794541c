import { readSync } from 'node:fs';
import type { FrameFormat } from '../frames/framer.ts';
import type { Piece } from '../frames/piece.ts';
import type { ReadLimit, SourceFrame } from '../streams/source.ts';
import { type FramePlace, PlacedFramer } from './placed-framer.ts';

const chunkBytes = 256 * 1024;

/** Reads the frames of an open file from a place on, as far as the file goes at the moment. It does not close the file. */
export class FrameFile {
  readonly #file: number;
  readonly #framer: PlacedFramer;
  readonly #ingested: (piece: Piece) => number | null;
  #offset: number;
  /** Memory for the next bytes, when there were none the last time: a file that grows is asked all the time. */
  #unused: Buffer | null = null;

  /** `ingested` is the time of the frames for which the format tells none; `isNumbered`: they are given with their lines. */
  constructor(file: number, format: FrameFormat, place: FramePlace, ingested: number | null, isNumbered = false) {
    this.#file = file;
    this.#framer = new PlacedFramer(format, place, isNumbered);
    this.#ingested = (piece) => (piece.kind === 'record' ? (piece.time ?? ingested) : ingested);
    this.#offset = place.base;
  }

  /** Where the next frame is to be found. */
  get place(): FramePlace {
    return this.#framer.place;
  }

  /** Bytes read from the file so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Take the next frames; none when the file goes no further, unless `whole` says that it never will, so that its rest is framed. */
  read(limit: ReadLimit, whole: boolean): SourceFrame[] {
    return this.#framer.read(limit, this.#more, whole, this.#ingested);
  }

  readonly #more = (): Uint8Array | null => {
    const chunk = this.#unused ?? Buffer.allocUnsafeSlow(chunkBytes);
    const length = readSync(this.#file, chunk, 0, chunkBytes, this.#offset);
    this.#unused = length === 0 ? chunk : null;
    this.#offset += length;
    return length === 0 ? null : chunk.subarray(0, length);
  };
}
