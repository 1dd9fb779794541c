import { setImmediate } from 'node:timers/promises';
import type { CompiledDecoder } from '../codec/compiled/create-compiled-decoder.ts';
import { emptyAccount } from '../frames/byte-account.ts';
import { cutRecord } from '../frames/fixed-step.ts';
import type { Frame, FrameProblem } from '../frames/piece.ts';
import { addInput } from './decode-tally.ts';
import { chunkBytes, patience } from './input-file.ts';
import { type OpenInput, readAt } from './open-input.ts';
import type { RecordBatches } from './record-batches.ts';

/** A part of a file. */
export interface FilePart {
  /** The offset where it starts, as a record does. */
  readonly from: number;
  /** The offset where it ends, or beyond the end of the file. */
  readonly to: number;
  /** Bytes that are read at a time. */
  readonly step: number;
}

const wholeFile: FilePart = { from: 0, to: Number.POSITIVE_INFINITY, step: chunkBytes };

/** Read records of one length straight into the space: those of a file, or of a part of it. Throws `IO`. */
export async function readFixedRecords(
  batches: RecordBatches,
  decoder: CompiledDecoder,
  file: OpenInput,
  length: number,
  { from, to, step }: FilePart = wholeFile,
): Promise<void> {
  const { run, job } = batches;
  const { space } = decoder;
  const { input } = file;
  const before = run.tally.account.input;
  const account = emptyAccount();
  space.reserve(step + length, 0);
  space.reserveOutput(2 * step);
  let position = from;
  let held = 0; // bytes of a record whose end has not been read
  const frame = (at: number, size: number, problem: FrameProblem | null): Frame => {
    const offset = position - held + at;
    return {
      kind: 'record',
      recordNumber: offset / length + 1,
      offset,
      length: size,
      bytes: space.input.subarray(at, at + size),
      problem,
      origin: null,
    };
  };
  for (let chunk = 0; run.stopped === 'end'; chunk++) {
    const got = readAt(file, space.input, position, held, Math.min(step, to - position));
    if (got === 0) break;
    if (chunk % patience === patience - 1) await setImmediate();
    run.read += got;
    account.input += got;
    position += got;
    held += got;
    const count = Math.floor(held / length);
    await batches.take(input, count, {
      decode: (first, many) => decoder.decodeFixed(first * length, many, length),
      piece: (index) => frame(index * length, length, null),
    });
    account.records += count * length;
    if (count > 0) space.input.copyWithin(0, count * length, held);
    held -= count * length;
    job.progress.update(run.read, before + account.input, run.tally.records);
  }
  if (run.stopped !== 'end') {
    account.unread += held;
  } else if (held > 0) {
    account.records += held;
    run.takePiece(input, frame(0, held, cutRecord(held, length)));
    await run.flush();
  }
  addInput(run.tally, account);
}
