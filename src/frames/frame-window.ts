import type { Code } from '../errors.ts';
import { type ByteAccount, emptyAccount } from './byte-account.ts';
import { CutFrame } from './cut-frame.ts';
import type { Frame, FrameProblem, Origin, Piece } from './piece.ts';

/** 256 MiB: no record, line or block of records may be longer. */
export const maximumFrameLength: number = 256 * 1024 * 1024;

/** 64 KiB: garbage comes in pieces of at most that, which bounds a quarantine line whatever the input. */
export const garbagePiece: number = 64 * 1024;

/** Where framing begins: how far into the input, behind how many records, and in which line, 1 by default. */
export interface FramingStart {
  readonly offset: number;
  readonly records: number;
  readonly line?: number | undefined;
}

const fileStart: FramingStart = { offset: 0, records: 0 };

interface Discarding {
  left: number;
  readonly code: Code;
  readonly message: string;
  continued: boolean;
}

/**
 * The bytes of an input that are not framed yet, and the account of those that are.
 *
 * A framer looks at the front of the window and takes from it: a record, a word, a line end, skipped bytes. Everything
 * taken moves `offset` on and enters the account. Taken bytes are views; the window never overwrites what it gave out.
 */
export class FrameWindow {
  readonly account: ByteAccount = emptyAccount();
  /** No more bytes will come. */
  ended = false;
  /** Offset of the front of the window in the input. */
  offset = 0;
  /** Line of the front of the window, from 1, by the line ends that were taken. */
  line: number;

  readonly #skipStart: number;
  readonly #skipEnd: number;
  #buffer: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  #records = 0;
  #pieces: Piece[] = [];
  #discarding: Discarding | null = null;

  constructor(skipStart: number, skipEnd: number, start: FramingStart = fileStart) {
    this.#skipStart = skipStart;
    this.#skipEnd = skipEnd;
    this.offset = start.offset;
    this.#records = start.records;
    this.line = start.line ?? 1;
  }

  /** Bytes at hand. */
  get available(): number {
    return this.#end - this.#start;
  }

  /** The bytes at hand are those of `buffer` from `front` to `back`. */
  get buffer(): Uint8Array {
    return this.#buffer;
  }
  get front(): number {
    return this.#start;
  }
  get back(): number {
    return this.#end;
  }

  /** The byte at a distance from the front; 0 beyond the end. */
  byte(at: number): number {
    return this.#buffer[this.#start + at] ?? 0;
  }

  /** A view of the bytes at the front, at most `length` of them. */
  peek(length: number): Uint8Array {
    return this.#buffer.subarray(this.#start, Math.min(this.#end, this.#start + length));
  }

  /** Distance from the front to the next byte of this value at or after `from`, −1 when there is none. */
  indexOf(value: number, from: number): number {
    const at = this.#buffer.indexOf(value, this.#start + from);
    return at < 0 || at >= this.#end ? -1 : at - this.#start;
  }

  /** Append bytes of the input. */
  push(chunk: Uint8Array): void {
    this.account.input += chunk.length;
    const rest = this.available;
    if (rest === 0) {
      this.#buffer = chunk;
      this.#start = 0;
      this.#end = chunk.length;
      return;
    }
    if (this.#owned && this.#end + chunk.length <= this.#buffer.length) {
      this.#buffer.set(chunk, this.#end); // behind everything given out so far
      this.#end += chunk.length;
      return;
    }
    // Doubling keeps a record that comes in thousands of chunks linear.
    const room = rest > chunk.length ? Math.max(2 * rest, rest + chunk.length) : rest + chunk.length;
    const grown = new Uint8Array(room);
    grown.set(this.#buffer.subarray(this.#start, this.#end));
    grown.set(chunk, rest);
    this.#buffer = grown;
    this.#start = 0;
    this.#end = rest + chunk.length;
    this.#ownedBuffer = grown;
  }

  // A chunk belongs to whoever pushed it: only buffers made here are appended to.
  #ownedBuffer: Uint8Array | null = null;
  get #owned(): boolean {
    return this.#ownedBuffer === this.#buffer;
  }

  /** Take a record off the front, without the bytes that the `skip` options cut off at its ends. */
  record(length: number, problem: FrameProblem | null, time: number | null = null): void {
    const before = Math.min(this.#skipStart, length);
    const after = Math.min(this.#skipEnd, length - before);
    const size = length - before - after;
    const { buffer, byteOffset } = this.#buffer;
    const bytes = new Uint8Array(buffer, byteOffset + this.#start + before, size); // `subarray` takes three times as long
    this.#records += 1;
    this.#pieces.push(new CutFrame(this.#records, this.offset + before, bytes, problem, time, this.line));
    this.account.records += size;
    this.account.skipped += before + after;
    this.#advance(length);
  }

  /** Take `length` bytes off the front that stand for a record whose bytes they hold in another form. */
  encodedRecord(length: number, content: Pick<Frame, 'bytes' | 'problem' | 'origin'>): void {
    this.#records += 1;
    const recordNumber = this.#records;
    const { bytes, problem, origin } = content;
    const { offset } = this;
    this.#pieces.push({ kind: 'record', recordNumber, offset, length, bytes, problem, origin, time: null });
    this.account.records += length;
    this.#advance(length);
  }

  /** Take `length` bytes off the front that stand for garbage they hold in another form. */
  encodedGarbage(length: number, bytes: Uint8Array, problem: FrameProblem, origin: Origin): void {
    const { offset, line } = this;
    const { code, message } = problem;
    this.#pieces.push({ kind: 'garbage', offset, length, bytes, code, message, continued: false, line, origin });
    this.account.garbage += length;
    this.#advance(length);
  }

  word(length: number): void {
    this.account.words += length;
    this.#advance(length);
  }

  lineEnd(length: number): void {
    this.account.lineEnds += length;
    this.line += 1;
    this.#advance(length);
  }

  /** Count bytes that were skipped before they could enter the window, so that offsets stay those of the file. */
  skippedBefore(length: number): void {
    this.account.input += length;
    this.account.skipped += length;
    this.offset += length;
  }

  /** Count bytes that were held back from the end of the input. */
  skippedBehind(length: number): void {
    this.account.input += length;
    this.account.skipped += length;
  }

  /**
   * Give up on the next `length` bytes (`Infinity`: all that is left), whether or not they are here yet. `continued`: as part of the
   * garbage before them.
   */
  discard(length: number, code: Code, message: string, continued = false): void {
    this.#discarding = { left: length, code, message, continued };
  }

  /** Let a step function take what it can, until it needs more bytes, and hand out the pieces taken. */
  run(step: (window: FrameWindow) => boolean): Piece[] {
    for (;;) {
      if (this.#discarding === null ? !step(this) : !this.#drain(this.#discarding)) break;
    }
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  /** Give up on the bytes at hand without framing them, because nobody wants them any more. */
  abandon(): void {
    this.account.unread += this.available;
    this.#start = this.#end;
  }

  /** Hand out garbage in pieces whose cuts do not depend on how the input was chunked. */
  #drain(discarding: Discarding): boolean {
    const wanted = Math.min(garbagePiece, discarding.left);
    if (this.available < wanted && !this.ended) return false;
    const length = Math.min(wanted, this.available);
    if (length > 0 || !discarding.continued) {
      this.#garbage(length, discarding.code, discarding.message, discarding.continued);
    }
    discarding.continued = true;
    discarding.left -= length;
    if (discarding.left === 0 || length < wanted) this.#discarding = null;
    return true;
  }

  #garbage(length: number, code: Code, message: string, continued: boolean): void {
    const { offset, line } = this;
    const bytes = this.peek(length);
    this.#pieces.push({ kind: 'garbage', offset, length, bytes, code, message, continued, line, origin: null });
    this.account.garbage += length;
    this.#advance(length);
  }

  #advance(length: number): void {
    this.#start += length;
    this.offset += length;
  }
}
