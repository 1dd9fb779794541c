import type { EncodeIssue } from '../codec/encode-issue.ts';
import type { Encoded, EncodeOptions } from '../codec/encode-value.ts';
import { parseJsonLine } from '../codec/parse-json-line.ts';
import { OverpunchError } from '../errors.ts';
import type { FrameWriter } from '../frames/frame-writer.ts';
import { gunzip } from '../frames/gunzip.ts';
import type { FileEnds, SurroundedFrame } from '../frames/surrounded-frames.ts';
import type { WrittenAccount } from '../frames/written-account.ts';
import type { BatchedWriter } from './batched-writer.ts';
import { encodePlace, placeAt } from './encode-place.ts';
import type { EncodeProblem, EncodeReport } from './encode-report.ts';
import { type EncodeTally, encodeBalances } from './encode-tally.ts';
import type { InputFile } from './input-file.ts';
import type { JsonPiece } from './json-piece.ts';
import { JsonRecords } from './json-records.ts';
import { jsonMistake } from './json-scan.ts';
import type { OriginalFrames } from './original-frames.ts';
import type { OutputTarget } from './output-target.ts';
import { OriginalPairs } from './pair-originals.ts';
import type { ProgressBar } from './progress-bar.ts';

/** What a run is made of. */
export interface EncodeJob {
  readonly encode: (value: unknown, options: EncodeOptions) => Encoded;
  readonly init: boolean;
  readonly round: boolean;
  readonly names: 'cobol' | 'camel' | 'snake';
  readonly writer: FrameWriter;
  readonly originals: OriginalFrames | null;
  /** Bytes that decoding passes over at the ends of the file: X'00' without an original. */
  readonly fileStart: number;
  readonly fileEnd: number;
  readonly strict: boolean;
  readonly maxErrors: number;
  readonly output: OutputTarget;
  readonly quarantine: BatchedWriter | null;
  readonly report: Pick<EncodeReport, 'add'>;
  readonly progress: Pick<ProgressBar, 'update' | 'clear'>;
}

/** How a run ended. */
export interface EncodeResult {
  readonly tally: EncodeTally;
  /** `strict`: at the problems in `culprit`; `counts`: lines and originals, paired in order, are not as many. */
  readonly stopped: 'end' | 'strict' | 'max-errors' | 'counts';
  readonly culprit: readonly EncodeProblem[];
  /** What the bytes of the output are. */
  readonly account: Readonly<WrittenAccount>;
}

/**
 * Encode the lines of inputs, one after another, into one file.
 *
 * Memory stays constant. Throws what reading and writing throw, and `ACCOUNT` if lines or bytes do not add up.
 */
export async function encodeRun(inputs: readonly InputFile[], job: EncodeJob): Promise<EncodeResult> {
  const run = new Run(job);
  try {
    for (const input of inputs) {
      if (run.stopped !== 'end') break;
      await run.readInput(input);
    }
    await run.finish();
  } finally {
    await job.originals?.close();
  }
  const { tally } = run;
  if (!encodeBalances(tally, run.account)) {
    throw new OverpunchError('ACCOUNT', `the account does not balance: ${JSON.stringify({ tally, ...run.account })}`);
  }
  return run;
}

const batch = 64 * 1024; // bytes: a write call per record would cost more than making it

class Run implements EncodeResult {
  readonly tally: EncodeTally;
  stopped: EncodeResult['stopped'] = 'end';
  culprit: readonly EncodeProblem[] = [];
  readonly #job: EncodeJob;
  readonly #pairs: OriginalPairs | null;
  #last: SurroundedFrame | null = null; // the original of the record written last
  #started = false;
  #parts: Uint8Array[] = [];
  #size = 0;
  #read = 0;

  constructor(job: EncodeJob) {
    this.#job = job;
    const { originals } = job;
    this.#pairs = originals === null ? null : new OriginalPairs(originals);
    this.tally = { lines: 0, written: 0, bad: 0, blank: 0, output: 0, originals: null };
  }

  get account(): Readonly<WrittenAccount> {
    const { account } = this.#job.writer;
    return { ...account, skipped: account.skipped + this.#fileEnds };
  }

  #fileEnds = 0;
  #trailer: Uint8Array = new Uint8Array(0);

  async readInput(input: InputFile): Promise<void> {
    const records = new JsonRecords();
    for await (const chunk of gunzip(this.#counted(input.chunks()))) {
      await this.#takeAll(input, records.push(chunk));
      this.#job.progress.update(this.#read, this.#read, this.tally.lines);
      if (this.stopped !== 'end') return;
    }
    await this.#takeAll(input, records.end());
  }

  /** Write what is left, and what stands behind the last record in the original. */
  async finish(): Promise<void> {
    const { originals, writer, fileEnd } = this.#job;
    if (this.stopped === 'strict') return;
    const ends = await this.#originalEnds();
    this.#start();
    for (const part of writer.end(ends?.behind ?? null)) this.#put(part);
    this.#putFileEnd(originals === null ? new Uint8Array(fileEnd) : this.#trailer);
    await this.#flush();
  }

  /** The ends of the original if its last record has just been written; `null` otherwise. */
  async #originalEnds(): Promise<FileEnds | null> {
    const { originals, fileEnd } = this.#job;
    if (originals === null || this.#pairs === null) return null;
    const last = this.#last?.recordNumber ?? 0;
    const { pairing } = this.#pairs;
    const before = originals.read;
    // Only what is needed is read of what no line has asked for.
    const all = pairing === 'order' || pairing === null || fileEnd > 0;
    while ((await originals.next()) !== null) if (!all) return null;
    const inOrder = pairing !== '_offset' && pairing !== '_record';
    if (this.stopped === 'end' && inOrder && originals.read !== before + this.#pairs.passed) this.stopped = 'counts';
    this.tally.originals = originals.read;
    this.#trailer = originals.ends?.trailer ?? this.#trailer;
    return last === originals.read ? originals.ends : null;
  }

  async *#counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#read += chunk.length;
      yield chunk;
    }
  }

  async #takeAll(input: InputFile, pieces: readonly JsonPiece[]): Promise<void> {
    for (const piece of pieces) {
      if (this.stopped !== 'end') return;
      this.tally.lines += 1;
      if (piece.text === '' && piece.problem === null) {
        this.tally.blank += 1;
        continue;
      }
      const problems = await this.#take(input, piece);
      if (problems.length > 0) await this.#refuse(piece, problems);
      else this.tally.written += 1;
      if (this.#size >= batch) await this.#flush();
    }
  }

  /** Encode a record and put it into the file; what is wrong with it otherwise. */
  async #take(input: InputFile, piece: JsonPiece): Promise<readonly EncodeProblem[]> {
    const { encode, init, round, names, writer } = this.#job;
    const at = ({ line, column }: { line: number; column: number }, issue: EncodeIssue): EncodeProblem => {
      return { file: input.name, line, column, issue };
    };
    const value = parsed(piece);
    const wrong = value instanceof Wrong ? at(value.at, problem('ENCODE_LINE', value.expected)) : null;
    if (wrong !== null) {
      this.#pairs?.pass();
      return [wrong];
    }
    const original = (await this.#pairs?.find(value)) ?? null;
    if (typeof original === 'string') return [at(piece, problem('ENCODE_ORIGINAL', original))];
    if (original?.problem?.code === 'FRAME_CUT') {
      return [at(piece, problem('ENCODE_ORIGINAL', `a whole record in the original, but ${original.problem.message}`))];
    }
    const encoded = encode(value, { init, round, ...(original === null ? {} : { original: original.bytes }) });
    if (encoded.bytes === null) {
      return encoded.issues.map((issue) => at(encodePlace(piece, issue, names), issue));
    }
    this.#start();
    const parts = writer.add(encoded.bytes, original?.surroundings ?? null);
    if ('code' in parts) return [at(piece, problem(parts.code, parts.message))];
    for (const part of parts) this.#put(part);
    this.#last = original;
    return [];
  }

  async #refuse(piece: JsonPiece, problems: readonly EncodeProblem[]): Promise<void> {
    const { strict, report, progress, quarantine, maxErrors } = this.#job;
    this.tally.bad += 1;
    if (strict) {
      this.stopped = 'strict';
      this.culprit = problems;
      return; // whoever asked for it shows it
    }
    progress.clear();
    report.add(problems);
    if (this.tally.bad >= maxErrors) this.stopped = 'max-errors';
    if (this.#pairs?.exceeded === true) this.stopped = 'counts';
    if (quarantine === null) return;
    quarantine.add(`${piece.text.replace(/\r?\n/g, ' ')}\n`); // line ends of JSON stand between its tokens only
    if (quarantine.full) await quarantine.flush();
  }

  /** Write what stands before the first record. */
  #start(): void {
    if (this.#started) return;
    this.#started = true;
    const { originals, fileStart } = this.#job;
    this.#putFileEnd(originals === null ? new Uint8Array(fileStart) : originals.header);
  }

  #putFileEnd(part: Uint8Array): void {
    this.#fileEnds += part.length;
    this.#put(part);
  }

  #put(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#parts.push(part);
    this.#size += part.length;
    this.tally.output += part.length;
  }

  async #flush(): Promise<void> {
    if (this.#size > 0) await this.#job.output.write(Buffer.concat(this.#parts));
    this.#parts = [];
    this.#size = 0;
  }
}

/** Why a text is no record. */
class Wrong {
  readonly at: { readonly line: number; readonly column: number };
  readonly expected: string;

  constructor(at: { readonly line: number; readonly column: number }, expected: string) {
    this.at = at;
    this.expected = expected;
  }
}

function parsed(piece: JsonPiece): unknown {
  if (piece.problem !== null) return new Wrong(piece, piece.problem);
  let value: unknown;
  try {
    value = parseJsonLine(piece.text);
  } catch (error) {
    const { at, expected } = jsonMistake(piece.text) ?? { at: 0, expected: `JSON: ${String(error)}` };
    return new Wrong(placeAt(piece, at), expected);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  return new Wrong(piece, 'an object, which is a record');
}

function problem(code: EncodeIssue['code'], expected: string): EncodeIssue {
  return { code, severity: 'error', path: '', value: '', expected };
}
