import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { CompiledDecoder, RunResult } from '../codec/compiled/create-compiled-decoder.ts';
import { emptyAccount } from '../frames/byte-account.ts';
import { cutRecord } from '../frames/fixed-step.ts';
import { isGzip } from '../frames/gunzip.ts';
import type { Frame, FrameProblem, Piece } from '../frames/piece.ts';
import { addInput } from './decode-tally.ts';
import { chunkBytes, type InputFile } from './input-file.ts';
import { ioError } from './io-error.ts';
import type { DecodeJob, RecordRun } from './record-run.ts';

const batchBytes = 4 * chunkBytes;
const batchRecords = 8192;
const longestRecord = 16 << 20; // longer ones are read by the reference decoder
const patience = 32; // chunks between looks at what else happens, signals above all

/**
 * Takes the records of a run through a compiled decoder: clean ones leave their lines in its space, any other goes the way of the
 * reference decoder. Tallies, account and reports are those of a run without it.
 */
export class CompiledRun {
  readonly #run: RecordRun;
  readonly #job: DecodeJob;
  readonly #decoder: CompiledDecoder;
  readonly #most: number;

  constructor(run: RecordRun, job: DecodeJob, decoder: CompiledDecoder) {
    this.#run = run;
    this.#job = job;
    this.#decoder = decoder;
    this.#most = Math.max(batchBytes, Math.min(longestRecord, decoder.codec.maximumLength));
  }

  /** Read a file of records of one length straight into the space; `false`, and nothing is done, when it is none. Throws `IO`. */
  async readFile(input: InputFile): Promise<boolean> {
    const { format, skipBytes } = this.#job;
    if (input.size === null || format.format !== 'fixed' || typeof format.recordLength !== 'number') return false;
    if (format.recordLength < 1 || format.recordLength > longestRecord) return false;
    if (Object.values(skipBytes).some((bytes) => bytes !== 0)) return false;
    const descriptor = attempt(input, () => openSync(input.name, 'r'));
    try {
      return await this.#readChunks(input, descriptor, format.recordLength);
    } finally {
      closeSync(descriptor);
    }
  }

  async #readChunks(input: InputFile, descriptor: number, length: number): Promise<boolean> {
    const run = this.#run;
    const { space } = this.#decoder;
    const before = run.tally.account.input;
    const account = emptyAccount();
    space.reserve(chunkBytes + length, 0);
    let held = 0; // bytes of a record whose end has not been read
    let records = 0;
    const frame = (at: number, size: number, index: number, problem: FrameProblem | null): Frame => ({
      kind: 'record',
      recordNumber: records + index + 1,
      offset: (records + index) * length,
      length: size,
      bytes: space.input.subarray(at, at + size),
      problem,
      origin: null,
    });
    for (let chunk = 0; run.stopped === 'end'; chunk++) {
      const got = attempt(input, () => readSync(descriptor, space.input, held, chunkBytes, null));
      if (got === 0) break;
      if (chunk === 0 && isGzip(space.input.subarray(0, got))) return false;
      if (chunk % patience === patience - 1) await setImmediate();
      run.keepSample(space.input.subarray(held, held + got));
      run.read += got;
      account.input += got;
      held += got;
      const count = Math.floor(held / length);
      await this.#takeBatch(input, count, {
        decode: (first, many) => this.#decoder.decodeFixed(first * length, many, length),
        piece: (index) => frame(index * length, length, index, null),
      });
      account.records += count * length;
      space.input.copyWithin(0, count * length, held);
      held -= count * length;
      records += count;
      this.#job.progress.update(run.read, before + account.input, run.tally.records);
    }
    if (run.stopped !== 'end') {
      account.unread += held;
    } else if (held > 0) {
      account.records += held;
      run.takePiece(input, frame(0, held, 0, cutRecord(held, length)));
      await run.flush();
    }
    addInput(run.tally, account);
    return true;
  }

  /** Take pieces that lie anywhere: those that may be clean are copied into the space, side by side as they lie. */
  async takePieces(input: InputFile, pieces: readonly Piece[]): Promise<void> {
    const run = this.#run;
    this.#decoder.space.reserve(this.#most, batchRecords);
    for (let at = 0; at < pieces.length; ) {
      const count = run.stopped === 'end' ? this.#copyFrom(pieces, at) : 0;
      if (count > 0) {
        const first = at;
        await this.#takeBatch(input, count, {
          decode: (from, many) => this.#decoder.decodeListed(from, many),
          piece: (index) => pieces[first + index],
        });
        at += count;
        continue;
      }
      const piece = pieces[at];
      if (piece !== undefined) run.takePiece(input, piece);
      await run.flush();
      at += 1;
    }
  }

  /** Copy the records from a place on that can be copied in one go: without a problem, in one buffer, one behind the other. */
  #copyFrom(pieces: readonly Piece[], at: number): number {
    const { input, list } = this.#decoder.space;
    const front = pieces[at]?.bytes;
    if (front === undefined) return 0;
    const { buffer, byteOffset: start } = front;
    let end = start;
    let count = 0;
    while (count < batchRecords) {
      const piece = pieces[at + count];
      if (piece?.kind !== 'record' || piece.problem !== null) break;
      const { bytes } = piece;
      const offset = bytes.byteOffset;
      const next = offset + bytes.length;
      if (bytes.buffer !== buffer || offset < end || next - start > this.#most) break;
      list[2 * count] = offset - start;
      list[2 * count + 1] = bytes.length;
      end = next;
      count += 1;
    }
    input.set(new Uint8Array(buffer, start, end - start));
    return count;
  }

  async #takeBatch(input: InputFile, count: number, records: Batch): Promise<void> {
    const run = this.#run;
    for (let first = 0; first < count; ) {
      const left = count - first;
      const passed = run.stopped === 'end' ? Math.min(left, run.toSkip) : left;
      if (passed > 0) {
        run.passOver(passed);
        first += passed;
        continue;
      }
      const { done, stopped } = records.decode(first, Math.min(left, run.wanted));
      run.takeClean(done);
      first += done;
      if (stopped === 'full') {
        await this.#job.output.flush();
      } else if (stopped === 'unusual') {
        const piece = records.piece(first);
        if (piece !== undefined) run.takePiece(input, piece);
        first += 1;
      }
      await run.flush();
    }
  }
}

/** Records that lie in the space. */
interface Batch {
  decode(first: number, count: number): RunResult;
  /** The record as a piece, for the reference decoder. */
  piece(index: number): Piece | undefined;
}

function attempt<T>({ name }: InputFile, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw ioError(name, error);
  }
}
