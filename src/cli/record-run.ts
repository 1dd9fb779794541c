import type { CompiledDecoder } from '../codec/compiled/create-compiled-decoder.ts';
import type { Issue } from '../codec/issue.ts';
import type { CompiledFrames } from '../frames/catalog/create-compiled-frames.ts';
import type { FrameFormat, SkipOptions } from '../frames/framer.ts';
import type { Frame, Garbage, Origin, Piece } from '../frames/piece.ts';
import { frameIssue, type QuarantineEntry, quarantineLineParts } from '../frames/quarantine-line.ts';
import type { BatchedWriter } from './batched-writer.ts';
import { addTally, type DecodeTally, emptyTally } from './decode-tally.ts';
import { issuesOf } from './frame-issues.ts';
import type { InputFile } from './input-file.ts';
import type { Place, ProblemReport } from './problem-report.ts';
import type { ProgressBar } from './progress-bar.ts';
import type { ReadRecord, RecordDecoder } from './record-decoder.ts';
import type { RecordOutput } from './record-output.ts';
import type { TypeTally } from './type-tally.ts';

/** What a run is made of. */
export interface DecodeJob {
  readonly format: FrameFormat;
  readonly skipBytes: SkipOptions;
  readonly decoder: RecordDecoder;
  /**
   * Decodes records without errors in its place, into the space that `output` takes its lines from: where no record is filtered, but for frames
   * of types that it was told not to take.
   */
  readonly compiled?: CompiledDecoder | CompiledFrames | null;
  /** Decode files that are worth it, where nothing but the decoder decides what becomes of a record. */
  readonly crew?: RunCrew | null;
  /** Whether a record is wanted. */
  readonly where: (record: ReadRecord) => boolean;
  readonly skip: number;
  readonly limit: number;
  readonly strict: 'errors' | 'notes' | null;
  readonly maxErrors: number;
  readonly output: RecordOutput;
  readonly quarantine: Pick<BatchedWriter, 'add' | 'full' | 'flush'> | null;
  /** Counts frames of a catalog. */
  readonly types: TypeTally | null;
  readonly report: Pick<ProblemReport, 'add'> & Partial<Pick<ProblemReport, 'merge'>>;
  readonly progress: Pick<ProgressBar, 'update' | 'clear'>;
}

/** Workers who decode files together. */
export interface RunCrew {
  /** Decode a file; `false`, and nothing is done, when it is none for them. Throws what a run throws. */
  readFile(input: InputFile, run: RecordRun, job: DecodeJob): Promise<boolean>;
}

/** How a run ended. */
export interface DecodeResult {
  readonly tally: DecodeTally;
  /** `strict`: at the record in `culprit`; `limit`, `max-errors`: because the number was reached. */
  readonly stopped: 'end' | 'limit' | 'strict' | 'max-errors';
  readonly culprit: { readonly place: Place; readonly bytes: Uint8Array; readonly issues: readonly Issue[] } | null;
  /** The first bytes of the first input, for guessing what went wrong. */
  readonly sample: Uint8Array;
  /** Bytes of a last record that is too short. */
  readonly remainder: number;
}

/** Bytes of the first input that are kept. */
export const sampleLength: number = 64 * 1024;

/** A run on its way: each record goes to exactly one place, and is counted there. */
export class RecordRun implements DecodeResult {
  readonly tally: DecodeTally = emptyTally();
  stopped: DecodeResult['stopped'] = 'end';
  culprit: DecodeResult['culprit'] = null;
  sample: Uint8Array = new Uint8Array(0);
  remainder = 0;
  /** Bytes of the inputs so far, packed as they are. */
  read = 0;
  readonly #job: DecodeJob;
  #errors = 0; // bad records and runs of garbage
  #passed = 0; // records behind where and skip

  constructor(job: DecodeJob) {
    this.#job = job;
    if (job.limit === 0) this.stopped = 'limit';
  }

  /** Keep the first bytes of the first input. They may change afterwards. */
  keepSample(chunk: Uint8Array): void {
    if (this.sample.length === 0) this.sample = Uint8Array.from(chunk.subarray(0, sampleLength));
  }

  /** Take a piece of an input to where it belongs; when the run has stopped, only count it. */
  takePiece(input: InputFile, piece: Piece): void {
    if (piece.kind === 'garbage') this.#takeGarbage(input, piece);
    else this.#takeRecord(input, piece);
  }

  /** There is enough to be worth a write: call `flush`. To ask takes less time than to wait for nothing. */
  get full(): boolean {
    const { output, quarantine } = this.#job;
    return output.full || quarantine?.full === true;
  }

  /** Write out what has gathered, when it is enough to be worth it. */
  async flush(): Promise<void> {
    const { output, quarantine } = this.#job;
    if (output.full) await output.flush();
    if (quarantine?.full === true) await quarantine.flush();
  }

  /** Count what a run of the same job did with what comes next, and has reported. */
  addPart(tally: DecodeTally, remainder: number, read: number): void {
    addTally(this.tally, tally);
    if (remainder > 0) this.remainder = remainder;
    this.read += read;
  }

  /** How many records are next to be passed over without being read. */
  get toSkip(): number {
    return Math.max(0, this.#job.skip - this.#passed);
  }

  /** How many records are wanted at most behind those. */
  get wanted(): number {
    return this.#job.skip + this.#job.limit - Math.max(this.#passed, this.#job.skip);
  }

  /** Count records that `skip` passes over, or that come after the run has stopped. */
  passOver(count: number): void {
    const { tally } = this;
    tally.records += count;
    if (this.stopped !== 'end') {
      tally.beyond += count;
      return;
    }
    tally.skipped += count;
    this.#passed += count;
  }

  /** Count records without issues whose lines stand in the output. */
  takeClean(count: number): void {
    const { tally } = this;
    tally.records += count;
    tally.clean += count;
    tally.written += count;
    this.#passed += count;
    this.#stopAtLimit();
  }

  /** Count a record that has notes and no errors, whose line stands in the output. */
  takeNoted(input: InputFile, { recordNumber, offset, origin, bytes }: Frame, notes: readonly Issue[]): void {
    const { tally } = this;
    tally.records += 1;
    this.#passed += 1;
    this.#reportIssues(placeOf(input, recordNumber, offset, origin), bytes, notes);
    tally.written += 1;
    this.#stopAtLimit();
  }

  #takeRecord(input: InputFile, frame: Frame): void {
    const job = this.#job;
    const { tally } = this;
    tally.records += 1;
    if (this.stopped !== 'end') {
      tally.beyond += 1;
      return;
    }
    if (frame.problem?.code === 'FRAME_CUT') this.remainder = frame.length;
    if (job.decoder.mayWant?.(frame.bytes) === false) {
      tally.filtered += 1;
      return;
    }
    const read = job.decoder.read(frame.bytes);
    const issues = issuesOf(frame, read.issues);
    const errors = issues.some(({ severity }) => severity === 'error');
    if (!job.where(read)) {
      tally.filtered += 1;
      if (errors) tally.filteredBad += 1;
      return;
    }
    this.#passed += 1;
    if (this.#passed <= job.skip) {
      tally.skipped += 1;
      return;
    }
    const place = placeOf(input, frame.recordNumber, frame.offset, frame.origin);
    if (issues.length === 0) tally.clean += 1;
    else this.#reportIssues(place, frame.bytes, issues);
    if (errors) tally.bad += 1;
    if (read.head !== null) job.types?.add(read.head, frame.bytes.length, errors);
    if (errors && job.quarantine !== null) {
      this.#quarantine({ ...place, bytes: frame.bytes, issues });
      tally.quarantined += 1;
    } else {
      const recordNumber = place.record ?? frame.recordNumber;
      const { file, offset } = place;
      const { bytes } = frame;
      job.output.add({
        file,
        recordNumber,
        offset,
        bytes,
        issues,
        reading: read.reading,
        codec: read.codec,
        head: read.head,
      });
      tally.written += 1;
    }
    if (errors) this.#countError();
    this.#stopAtLimit();
  }

  #stopAtLimit(): void {
    const { skip, limit } = this.#job;
    if (this.stopped === 'end' && this.#passed - skip >= limit) this.stopped = 'limit';
  }

  #takeGarbage(input: InputFile, garbage: Garbage): void {
    if (this.stopped !== 'end') return;
    const job = this.#job;
    const { tally } = this;
    const found = placeOf(input, null, garbage.offset, garbage.origin);
    // Only a line that cannot be read is where it stands; others tell of bytes that stood elsewhere.
    const inLine = job.format.format === 'quarantine' && garbage.origin === null;
    const place = inLine ? { ...found, line: garbage.line } : found;
    const issues = [frameIssue(garbage, garbage.bytes)];
    this.#quarantine({ ...place, bytes: garbage.bytes, issues });
    if (garbage.continued) return;
    tally.garbage += 1;
    this.#reportIssues(place, garbage.bytes, issues);
    this.#countError();
  }

  #quarantine(entry: QuarantineEntry): void {
    const { quarantine } = this.#job;
    if (quarantine === null) return;
    for (const part of quarantineLineParts(entry)) quarantine.add(part);
    quarantine.add('\n');
  }

  /** Report an input that cannot be unpacked to its end. */
  damaged(input: InputFile, offset: number, message: string): void {
    this.tally.garbage += 1;
    this.remainder = 0; // explained by the damage
    const bytes = new Uint8Array(0);
    this.#reportIssues({ file: input.name, record: null, offset }, bytes, [
      frameIssue({ code: 'GZIP', message }, bytes),
    ]);
  }

  #reportIssues(place: Place, bytes: Uint8Array, issues: readonly Issue[]): void {
    const { strict, report, progress, decoder } = this.#job;
    const { sentOffset } = decoder;
    const told = sentOffset === undefined ? place : { ...place, within: (offset: number) => sentOffset(bytes, offset) };
    const severities = new Set(issues.map(({ severity }) => severity));
    this.tally.notes += issues.filter(({ severity }) => severity === 'note').length;
    if (strict !== null && this.stopped === 'end' && (strict === 'notes' || severities.has('error'))) {
      this.stopped = 'strict';
      this.culprit = { place: told, bytes: Uint8Array.from(bytes), issues };
      return; // whoever asked for it shows it whole
    }
    progress.clear();
    report.add(told, issues);
  }

  #countError(): void {
    this.#errors += 1;
    if (this.stopped === 'end' && this.#errors >= this.#job.maxErrors) this.stopped = 'max-errors';
  }
}

/** The place of a piece; of one that comes from a quarantine, where it was before. */
function placeOf(input: InputFile, record: number | null, offset: number, origin: Origin | null): Place {
  return origin ?? { file: input.name, record, offset };
}
