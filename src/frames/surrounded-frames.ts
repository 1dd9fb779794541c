import { createFramer, type FrameFormat, type SkipOptions } from './framer.ts';
import { gunzip } from './gunzip.ts';
import type { Frame } from './piece.ts';
import type { Surroundings } from './surroundings.ts';

/** A record of a file with all that surrounds it. `offset` and `bytes` are as a framer gives them. */
export interface SurroundedFrame extends Pick<Frame, 'recordNumber' | 'offset' | 'bytes' | 'problem'> {
  readonly surroundings: Surroundings;
}

/** What stands behind the last record of a file, and what the `skip` options pass over at its end. */
export interface FileEnds {
  readonly behind: Uint8Array;
  readonly trailer: Uint8Array;
  /** Bytes that could not be framed. */
  readonly garbage: number;
}

/**
 * Read the records of a file with every byte between them, chunk by chunk; the ends come last. `onHeader` is given what the
 * `skip` options pass over at the start, before the first record.
 *
 * Memory stays constant: a chunk, and what the record that is not complete yet needs. Throws as `readFrames` does.
 */
export async function* surroundedFrames(
  chunks: AsyncIterable<Uint8Array>,
  format: FrameFormat,
  skip: SkipOptions,
  onHeader: (bytes: Uint8Array) => void = () => undefined,
): AsyncGenerator<SurroundedFrame[], FileEnds> {
  const { fileStart = 0, fileEnd = 0, recordStart = 0, recordEnd = 0 } = skip;
  const framer = createFramer(format, { fileStart, fileEnd });
  const tape = new Tape();
  let started = false;
  let garbage = 0;

  const surround = (pieces: ReturnType<typeof framer.push>): SurroundedFrame[] => {
    const frames: SurroundedFrame[] = [];
    for (const piece of pieces) {
      const before = tape.takeTo(piece.offset);
      tape.takeTo(piece.offset + piece.length);
      if (piece.kind === 'garbage') {
        garbage += piece.length;
        continue;
      }
      const { recordNumber, problem, offset, bytes } = piece;
      const start = Math.min(recordStart, bytes.length);
      const end = bytes.length - Math.min(recordEnd, bytes.length - start);
      frames.push({
        recordNumber,
        problem,
        offset: offset + start,
        bytes: bytes.subarray(start, end),
        surroundings: {
          before,
          first: recordNumber === 1,
          start: bytes.subarray(0, start),
          end: bytes.subarray(end),
        },
      });
    }
    return frames;
  };

  for await (const chunk of gunzip(chunks)) {
    tape.push(chunk);
    if (!started && tape.end >= fileStart) {
      onHeader(tape.takeTo(fileStart));
      started = true;
    }
    yield surround(framer.push(chunk));
  }
  if (!started) onHeader(tape.takeTo(tape.end));
  yield surround(framer.end());
  const behind = tape.takeTo(Math.max(tape.start, tape.end - fileEnd));
  return { behind, trailer: tape.takeTo(tape.end), garbage };
}

/** The bytes of an input that nobody has taken yet. */
class Tape {
  start = 0;
  end = 0;
  #chunks: Uint8Array[] = [];

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.end += chunk.length;
  }

  /** Take the bytes up to an offset of the input. */
  takeTo(offset: number): Uint8Array {
    let left = offset - this.start;
    const parts: Uint8Array[] = [];
    while (left > 0) {
      const [first] = this.#chunks;
      if (first === undefined) break;
      const part = first.subarray(0, left);
      parts.push(part);
      left -= part.length;
      if (part.length === first.length) this.#chunks.shift();
      else this.#chunks[0] = first.subarray(part.length);
    }
    this.start = offset - left;
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }
}
