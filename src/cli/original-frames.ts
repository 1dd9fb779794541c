import type { FrameFormat, SkipOptions } from '../frames/framer.ts';
import { type FileEnds, type SurroundedFrame, surroundedFrames } from '../frames/surrounded-frames.ts';
import type { InputFile } from './input-file.ts';

const none = new Uint8Array(0);

/** Reads the records of an original one after another, in constant memory; it can start again. */
export class OriginalFrames {
  /** Records read so far, in this turn. */
  read = 0;
  /** What is passed over at the start of the file, once a record has been read. */
  header: Uint8Array = none;
  /** What stands at the end of the file, once it has been read to its end. */
  ends: FileEnds | null = null;
  readonly #input: InputFile;
  readonly #format: FrameFormat;
  readonly #skip: SkipOptions;
  #source: AsyncGenerator<SurroundedFrame[], FileEnds> | null = null;
  #batch: readonly SurroundedFrame[] = [];
  #at = 0;

  constructor(input: InputFile, format: FrameFormat, skip: SkipOptions) {
    this.#input = input;
    this.#format = format;
    this.#skip = skip;
  }

  /** It is a file, not a stream that is gone when it has been read. */
  get repeatable(): boolean {
    return this.#input.size !== null;
  }

  get name(): string {
    return this.#input.name;
  }

  /** The next record; `null` behind the last. Throws what reading throws. */
  async next(): Promise<SurroundedFrame | null> {
    this.#source ??= surroundedFrames(this.#input.chunks(), this.#format, this.#skip, (bytes) => {
      this.header = bytes;
    });
    while (this.#at >= this.#batch.length) {
      if (this.ends !== null) return null;
      const turn = await this.#source.next();
      this.#at = 0;
      if (turn.done === true) {
        this.ends = turn.value;
        this.#batch = [];
        return null;
      }
      this.#batch = turn.value;
    }
    const frame = this.#batch[this.#at];
    this.#at += 1;
    this.read += 1;
    return frame ?? null;
  }

  /** Go back to the first record. */
  async restart(): Promise<void> {
    await this.close();
    this.#source = null;
    this.#batch = [];
    this.#at = 0;
    this.read = 0;
    this.ends = null;
  }

  async close(): Promise<void> {
    await this.#source?.return({ behind: none, trailer: none, garbage: 0 });
  }
}
