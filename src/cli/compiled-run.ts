import type { FrameFormat } from '../frames/framer.ts';
import { isGzip } from '../frames/gunzip.ts';
import type { Piece } from '../frames/piece.ts';
import type { InputFile } from './input-file.ts';
import { type OpenInput, readStart, withOpenInput } from './open-input.ts';
import { readFixedRecords } from './read-fixed-records.ts';
import { readWordRecords } from './read-word-records.ts';
import { longestRecord, RecordBatches } from './record-batches.ts';
import type { DecodeJob, RecordRun } from './record-run.ts';

/**
 * Takes the inputs of a run through a compiled decoder. Tallies, account and reports are those of a run without it.
 */
export class CompiledRun {
  readonly #batches: RecordBatches;

  constructor(run: RecordRun, job: DecodeJob, decoder: NonNullable<DecodeJob['compiled']>) {
    this.#batches = new RecordBatches(run, job, decoder);
  }

  /** Read a file straight into the space; `false`, and nothing is done, when that cannot be. Throws `IO`. */
  async readFile(input: InputFile): Promise<boolean> {
    const batches = this.#batches;
    const { format, skipBytes } = batches.job;
    if (input.size === null || Object.values(skipBytes).some((bytes) => bytes !== 0)) return false;
    const read = reader(format, batches.decoder);
    if (read === null) return false;
    return withOpenInput(input, async (file) => {
      const start = readStart(file);
      if (isGzip(start)) return false;
      batches.run.keepSample(start);
      await read(batches, file);
      return true;
    });
  }

  /** Take pieces that lie anywhere. */
  async takePieces(input: InputFile, pieces: readonly Piece[]): Promise<void> {
    await this.#batches.takePieces(input, pieces);
  }
}

function reader(
  format: FrameFormat,
  decoder: RecordBatches['decoder'],
): ((batches: RecordBatches, file: OpenInput) => Promise<void>) | null {
  if (format.format === 'rdw' || format.format === 'capture')
    return (batches, file) => readWordRecords(batches, file, format);
  if (format.format !== 'fixed' || typeof format.recordLength !== 'number' || !('codec' in decoder)) return null;
  const { recordLength } = format;
  if (recordLength < 1 || recordLength > longestRecord) return null;
  return (batches, file) => readFixedRecords(batches, decoder, file, recordLength);
}
