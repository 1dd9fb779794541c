import type { RunResult } from '../codec/compiled/create-compiled-decoder.ts';
import type { Piece } from '../frames/piece.ts';
import { chunkBytes, type InputFile } from './input-file.ts';
import type { DecodeJob, RecordRun } from './record-run.ts';

/** Longer records are read by the reference decoder. */
export const longestRecord: number = 16 << 20;

const batchBytes = chunkBytes;
const batchRecords = 8192;

const aside: RunResult = { done: 0, stopped: 'unusual' };

type Engine = NonNullable<DecodeJob['compiled']>;

/** Records that lie in the space. */
export interface RecordBatch {
  decode(first: number, count: number): RunResult;
  /** The record as a piece, for the reference decoder. */
  piece(index: number): Piece | undefined;
}

/**
 * Takes records to a run through a compiled decoder: clean ones, and those with notes, leave their lines in its space, any other goes the
 * way of the reference decoder.
 */
export class RecordBatches {
  readonly run: RecordRun;
  readonly job: DecodeJob;
  readonly decoder: Engine;
  readonly #most: number;

  constructor(run: RecordRun, job: DecodeJob, decoder: Engine) {
    this.run = run;
    this.job = job;
    this.decoder = decoder;
    const longest = 'codec' in decoder ? decoder.codec.maximumLength : decoder.longest;
    this.#most = Math.max(batchBytes, Math.min(longestRecord, longest));
  }

  /** Take records that lie in the space. */
  async take(input: InputFile, count: number, records: RecordBatch): Promise<void> {
    const { run, job, decoder } = this;
    for (let first = 0; first < count; ) {
      const left = count - first;
      // Frames that are not wanted are none of those that skip passes over.
      const skips = 'codec' in decoder ? run.toSkip : 0;
      const passed = run.stopped === 'end' ? Math.min(left, skips) : left;
      if (passed > 0) {
        run.passOver(passed);
        first += passed;
        continue;
      }
      const { done, stopped } = run.toSkip > 0 ? aside : records.decode(first, Math.min(left, run.wanted));
      first += done;
      run.takeClean(stopped === 'noted' ? done - 1 : done);
      if (stopped === 'noted') {
        const piece = records.piece(first - 1);
        if (piece?.kind === 'record') run.takeNoted(input, piece, decoder.notes);
      } else if (stopped === 'full') {
        await job.output.flush();
      } else if (stopped === 'unusual') {
        const piece = records.piece(first);
        if (piece !== undefined) run.takePiece(input, piece);
        first += 1;
      }
      if (run.full) await run.flush();
    }
    if ('takeCounts' in decoder) {
      decoder.takeCounts((type, frames, bytes) => job.types?.addGood(type, frames, bytes));
    }
  }

  /** Take pieces that lie anywhere: those that may be clean are copied into the space, side by side as they lie. */
  async takePieces(input: InputFile, pieces: readonly Piece[]): Promise<void> {
    const { run, decoder } = this;
    decoder.space.reserve(this.#most, batchRecords);
    for (let at = 0; at < pieces.length; ) {
      const count = run.stopped === 'end' ? this.#copyFrom(pieces, at) : 0;
      if (count > 0) {
        const first = at;
        await this.take(input, count, {
          decode: (from, many) => decoder.decodeListed(from, many),
          piece: (index) => pieces[first + index],
        });
        at += count;
        continue;
      }
      const piece = pieces[at];
      if (piece !== undefined) run.takePiece(input, piece);
      if (run.full) await run.flush();
      at += 1;
    }
  }

  /** Copy the records from a place on that can be copied in one go: without a problem, in one buffer, one behind the other. */
  #copyFrom(pieces: readonly Piece[], at: number): number {
    const { input, list } = this.decoder.space;
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
}
