import { createFramer, type FrameFormat, type Framer } from '../frames/framer.ts';
import type { Piece } from '../frames/piece.ts';
import type { ReadLimit, SourceFrame } from '../streams/source.ts';
import { frameOfPiece } from './frame-of-piece.ts';
import { isFrameUnfinished } from './unfinished-frame.ts';

/**
 * A place between two pieces of an input: a byte offset where framing can start anew, the line it is in where lines are, 1 by default, and how many
 * pieces to pass over from there.
 */
export interface FramePlace {
  readonly base: number;
  readonly line?: number | undefined;
  readonly skip: number;
}

export const inputStart: FramePlace = { base: 0, skip: 0 };

/** Cuts an input that can be read again from any offset into frames, from a place on, and knows the place behind those it gave. */
export class PlacedFramer {
  readonly #format: FrameFormat['format'];
  readonly #framer: Framer;
  readonly #start: number;
  readonly #isNumbered: boolean;
  readonly #hasLines: boolean;
  #base: number;
  #line: number | undefined;
  #skip = 0;
  #passOver: number;
  #records = 0;
  #pieces: readonly Piece[] = [];
  #next = 0;
  #ended = false;

  /** `isNumbered`: frames are given with their lines. */
  constructor(format: FrameFormat, place: FramePlace, isNumbered = false) {
    const { base, line, skip } = place;
    this.#format = format.format;
    this.#framer = createFramer(format, {}, { offset: 0, records: 0, line });
    this.#hasLines = format.format === 'text' || format.format === 'quarantine';
    this.#isNumbered = isNumbered;
    this.#start = base;
    this.#base = base;
    this.#line = line;
    this.#passOver = skip;
  }

  /** Where the next frame is to be found. */
  get place(): FramePlace {
    const skip = this.#skip + this.#passOver;
    return this.#line === undefined ? { base: this.#base, skip } : { base: this.#base, line: this.#line, skip };
  }

  /** Whether all that it was given is in frames that it gave. */
  get settled(): boolean {
    return this.#next >= this.#pieces.length && !isFrameUnfinished(this.#framer, this.#format === 'rdw', this.#records);
  }

  /**
   * Take the next frames. `more` gives bytes, as long as there are any; where there are none, `whole` says that there never will be, so that the rest is
   * framed. `ingested` gives the time at which a piece was taken in.
   */
  read(
    limit: ReadLimit,
    more: () => Uint8Array | null,
    whole: boolean,
    ingested: (piece: Piece) => number | null,
  ): SourceFrame[] {
    const frames: SourceFrame[] = [];
    let bytes = 0;
    while (frames.length < limit.frames && bytes < limit.bytes) {
      if (this.#next >= this.#pieces.length && !this.#fill(more, whole)) break;
      const piece = this.#pieces[this.#next++];
      if (piece === undefined) continue;
      this.#skip++;
      if (this.#passOver > 0) {
        this.#passOver--;
        continue;
      }
      const frame = frameOfPiece(piece, ingested(piece));
      frames.push(this.#isNumbered ? { ...frame, line: piece.line } : frame);
      bytes += piece.bytes.length;
    }
    return frames;
  }

  /** Take some more bytes and frame them; whether that can lead to more. */
  #fill(more: () => Uint8Array | null, whole: boolean): boolean {
    const { account } = this.#framer;
    const last = this.#pieces.at(-1);
    // Framing starts anew behind a frame. A block that holds frames has no such place inside of it.
    if (last?.kind === 'record' && this.#passOver === 0 && this.#format !== 'bdw') {
      // Lines have an end behind them; the word of a frame that is not all there yet is in the account already.
      const behind = this.#hasLines ? account.records + account.lineEnds + account.garbage : last.offset + last.length;
      this.#base = this.#start + behind;
      this.#skip = 0;
      if (this.#hasLines) this.#line = this.#framer.line;
    }
    const chunk = more();
    this.#next = 0;
    if (chunk !== null) this.#pieces = this.#framer.push(chunk);
    else {
      this.#pieces = whole && !this.#ended ? this.#framer.end() : [];
      this.#ended ||= whole;
    }
    if (this.#format === 'rdw') for (const { kind } of this.#pieces) if (kind === 'record') this.#records++;
    return chunk !== null || this.#pieces.length > 0;
  }
}
