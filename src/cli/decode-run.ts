import { OverpunchError } from '../errors.ts';
import { accountBalances } from '../frames/byte-account.ts';
import { createFramer } from '../frames/framer.ts';
import { gunzip } from '../frames/gunzip.ts';
import type { Piece } from '../frames/piece.ts';
import { CompiledRun } from './compiled-run.ts';
import { addInput, tallyBalances } from './decode-tally.ts';
import type { InputFile } from './input-file.ts';
import { type DecodeJob, type DecodeResult, RecordRun } from './record-run.ts';

/**
 * Decode inputs one after another: where, skip, limit, then each record to exactly one place.
 *
 * Memory stays constant. Throws what reading and writing throw, and `ACCOUNT` if records or bytes do not add up.
 */
export async function decodeRun(inputs: readonly InputFile[], job: DecodeJob): Promise<DecodeResult> {
  const run = new RecordRun(job);
  const compiled = job.compiled === undefined || job.compiled === null ? null : new CompiledRun(run, job, job.compiled);
  for (const input of inputs) {
    if (run.stopped !== 'end') break;
    if (await job.crew?.readFile(input, run, job)) continue;
    if (await compiled?.readFile(input)) continue;
    await readInput(input, run, job, async (pieces) => {
      if (compiled !== null) {
        await compiled.takePieces(input, pieces);
        return;
      }
      for (const piece of pieces) {
        run.takePiece(input, piece);
        await run.flush();
      }
    });
  }
  const { tally } = run;
  if (!tallyBalances(tally) || !accountBalances(tally.account)) {
    throw new OverpunchError('ACCOUNT', `the account does not balance: ${JSON.stringify(tally)}`);
  }
  return run;
}

async function readInput(
  input: InputFile,
  run: RecordRun,
  { format, skipBytes, progress }: DecodeJob,
  take: (pieces: readonly Piece[]) => Promise<void>,
): Promise<void> {
  const framer = createFramer(format, skipBytes);
  const before = run.tally.account.input;
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of input.chunks()) {
      run.read += chunk.length;
      yield chunk;
    }
  };
  try {
    for await (const chunk of gunzip(chunks())) {
      run.keepSample(chunk);
      await take(framer.push(chunk));
      progress.update(run.read, before + framer.account.input, run.tally.records);
      if (run.stopped !== 'end') break;
    }
    if (run.stopped === 'end') await take(framer.end());
  } catch (error) {
    if (!(error instanceof OverpunchError && error.code === 'GZIP')) throw error;
    await take(framer.end()); // what could be unpacked counts
    run.damaged(input, framer.account.input, error.message);
  }
  framer.stop();
  addInput(run.tally, framer.account);
}
