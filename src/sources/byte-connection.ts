import type { Readable } from 'node:stream';
import { createFramer, type FrameFormat, type Framer } from '../frames/framer.ts';
import type { Piece } from '../frames/piece.ts';
import type { ReadLimit, SourceFrame } from '../streams/source.ts';
import { frameOfPiece } from './frame-of-piece.ts';
import { isFrameUnfinished } from './unfinished-frame.ts';

/** How long a connection may keep us waiting, in milliseconds. */
export interface Patience {
  /** Without a byte. Default 10 minutes. */
  readonly idle?: number | undefined;
  /** From the first byte of a frame to its last. Default 30 seconds. */
  readonly unfinished?: number | undefined;
}

const longestStep = 1000; // milliseconds: while nobody asked, it was us who kept the sender waiting
const mostGarbage = 1 << 20; // bytes in a row, then this is no sender of frames

/**
 * A stream of bytes from elsewhere, cut into frames as they are asked for. What nobody asks for stays in the stream, whose own buffer is
 * small, and then with the sender.
 */
export class ByteConnection {
  readonly id: number;
  readonly peer: string;
  /** Good frames that were given. */
  frames = 0;
  /** Bytes given that are no frames. */
  garbage = 0;
  /** Good frames of which it is known that they are committed. */
  committed = 0;
  /** Why it did not end in order; `null`: it did, or is open. */
  broken: string | null = null;
  readonly #stream: Readable;
  readonly #framer: Framer;
  readonly #words: boolean;
  #pieces: readonly Piece[] = [];
  #next = 0;
  #records = 0;
  #over = false;
  #finished = false;
  #drained = false;
  #moved = false;
  #garbageRun = 0;
  #quiet = 0;
  #begun = 0;

  /** `wake` is called when there may be something to take. The stream is not read before it is asked for frames. */
  constructor(id: number, peer: string, stream: Readable, format: FrameFormat, wake: () => void) {
    this.id = id;
    this.peer = peer;
    this.#stream = stream;
    this.#framer = createFramer(format);
    this.#words = format.format === 'rdw';
    stream.on('readable', wake);
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.broken ??= error.code ?? error.message;
    });
    for (const event of ['end', 'close']) {
      stream.on(event, () => {
        this.#over = true;
        wake();
      });
    }
  }

  /** Whether nothing will come of it any more. */
  get finished(): boolean {
    return this.#finished && this.#next >= this.#pieces.length;
  }

  /** Whether all that has come was taken, and it does not end inside of a frame. */
  get settled(): boolean {
    return this.#drained && this.#next >= this.#pieces.length && !this.#unfinished;
  }

  /** Take frames, up to the limit; `ingested` gives the time at which a piece was taken in. */
  take(limit: ReadLimit, ingested: (piece: Piece) => number | null): SourceFrame[] {
    const frames: SourceFrame[] = [];
    let bytes = 0;
    while (frames.length < limit.frames && bytes < limit.bytes) {
      if (this.#next >= this.#pieces.length && !this.#fill()) break;
      const piece = this.#pieces[this.#next++];
      if (piece === undefined) continue;
      const frame = frameOfPiece(piece, ingested(piece));
      this.#count(piece, frame);
      frames.push(frame);
      bytes += piece.bytes.length;
    }
    return frames;
  }

  /** Let time pass. Cut the connection when it kept us waiting for too long, or sends nothing but garbage. */
  elapse(milliseconds: number, { idle = 600_000, unfinished = 30_000 }: Patience): void {
    if (this.#over || !this.#drained) return;
    const step = Math.min(milliseconds, longestStep);
    this.#quiet = this.#moved ? 0 : this.#quiet + step;
    this.#begun = this.#unfinished ? this.#begun + step : 0;
    this.#moved = false;
    if (this.#begun >= unfinished) this.cut(`a frame was not finished in ${unfinished} ms`);
    else if (this.#quiet >= idle) this.cut(`silent for ${idle} ms`);
  }

  /** Close it from this side. */
  cut(reason: string): void {
    this.broken ??= reason;
    this.#over = true;
    this.#stream.destroy();
  }

  /** Close it without further ado. */
  close(): void {
    this.#stream.on('error', () => undefined);
    this.#stream.destroy();
  }

  get #unfinished(): boolean {
    return isFrameUnfinished(this.#framer, this.#words, this.#records);
  }

  #fill(): boolean {
    const chunk: Uint8Array | null = this.#stream.read() as Uint8Array | null;
    this.#next = 0;
    this.#drained = chunk === null;
    if (chunk !== null) {
      this.#moved = true;
      this.#pieces = this.#framer.push(chunk);
    } else {
      this.#pieces = this.#over && !this.#finished ? this.#framer.end() : [];
      this.#finished = this.#over;
    }
    for (const piece of this.#pieces) if (piece.kind === 'record') this.#records++;
    return chunk !== null || this.#pieces.length > 0;
  }

  #count(piece: Piece, { garbage }: SourceFrame): void {
    if (garbage === undefined) {
      this.frames++;
      this.#garbageRun = 0;
      this.#begun = 0;
      return;
    }
    this.garbage += piece.bytes.length;
    this.#garbageRun += piece.bytes.length;
    if (garbage.code === 'FRAME_CUT') this.broken ??= 'it ended';
    if (this.#garbageRun > mostGarbage) this.cut('nothing but garbage came');
  }
}
