import { setImmediate } from 'node:timers/promises';
import type { CompiledDecoder } from '../codec/compiled/create-compiled-decoder.ts';
import { emptyAccount } from '../frames/byte-account.ts';
import { cutRecord } from '../frames/fixed-step.ts';
import type { Frame, FrameProblem } from '../frames/piece.ts';
import { addInput } from './decode-tally.ts';
import { chunkBytes, patience } from './input-file.ts';
import { type OpenInput, readAt } from './open-input.ts';
import type { RecordBatches } from './record-batches.ts';

/**
 * Read records of one length straight into the space: those of a file from an offset, where a record starts, up to another or the end
 * of the file. Throws `IO`.
 */
export async function readFixedRecords(
  batches: RecordBatches,
  decoder: CompiledDecoder,
  file: OpenInput,
  length: number,
  from = 0,
  to: number = Number.POSITIVE_INFINITY,
): Promise<void> {
  const { run, job } = batches;
  const { space } = decoder;
  const { input } = file;
  const before = run.tally.account.input;
  const account = emptyAccount();
  space.reserve(chunkBytes + length, 0);
  space.reserveOutput(2 * chunkBytes);
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
    const got = readAt(file, space.input, position, held, Math.min(chunkBytes, to - position));
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
