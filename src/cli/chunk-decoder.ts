import type { CompiledDecoder } from '../codec/compiled/create-compiled-decoder.ts';
import type { Region } from '../codec/compiled/decoding-space.ts';
import type { FramingStart } from '../frames/frame-window.ts';
import type { WordFormat } from '../frames/word-scanner.ts';
import { ChunkFindings } from './chunk-findings.ts';
import type { ChunkMessage } from './chunk-part.ts';
import type { ChunkTurns } from './chunk-turns.ts';
import { HeldChunks, Stopped } from './held-chunks.ts';
import type { InputFile } from './input-file.ts';
import type { OpenInput } from './open-input.ts';
import { readFixedRecords } from './read-fixed-records.ts';
import { readWordChunk } from './read-word-chunk.ts';
import { RecordBatches } from './record-batches.ts';
import { codecDecoder } from './record-decoder.ts';
import { type DecodeJob, RecordRun } from './record-run.ts';
import { spaceOutput } from './space-output.ts';

/** Formats whose files can be decoded in chunks. */
export type ChunkFormat = { readonly format: 'fixed'; readonly recordLength: number } | WordFormat;

/** How chunks are decoded. */
export interface ChunkSettings {
  readonly format: ChunkFormat;
  readonly verbose: boolean;
  /** Bad records go to a quarantine. */
  readonly quarantined: boolean;
}

/** A file that is decoded in chunks. */
export interface ChunkedFile {
  readonly name: string;
  readonly size: number;
  readonly descriptor: number;
  /** The file to write lines to when it is their turn; `null` when they shall be sent. */
  readonly output: number | null;
  /** Bytes of a chunk, more or less: it has whole records. */
  readonly chunkBytes: number;
  /** Bytes that a chunk may have to tell; of more, the rest waits until this has been taken. */
  readonly partBytes: number;
  /** Parts of chunks that may be on their way at a time. */
  readonly window: number;
}

/** Who takes part in decoding a file. */
export interface ChunkThread {
  readonly turns: ChunkTurns;
  readonly send: (message: ChunkMessage) => void;
  /** Is called behind each chunk, and may leave the thread to others for a while. */
  readonly pause?: () => Promise<void>;
}

const heldChunks = 2; // by a thread, besides the one that it decodes
const linesPerByte = 4; // at first: reserved memory takes time of the garbage collector, also where it is never used
const mostLinesPerByte = 16; // when that was too little; of records with longer lines, a chunk waits for its turn before it is decoded

/** Decodes chunks of files, one after the other as they are free. */
export class ChunkDecoder {
  readonly #decoder: CompiledDecoder;
  readonly #settings: ChunkSettings;
  #regions: Region[] = []; // for lines
  #crowded = false; // lines of a chunk did not fit into one

  constructor(decoder: CompiledDecoder, settings: ChunkSettings) {
    this.#decoder = decoder;
    this.#settings = settings;
  }

  /** Decode chunks of a file until there are no more. What they have to tell is sent, errors too. */
  async decode(file: ChunkedFile, { turns, send, pause }: ChunkThread): Promise<void> {
    const { space } = this.#decoder;
    const { output, partBytes, window, chunkBytes } = file;
    this.#regions = this.#room(linesPerByte * chunkBytes);
    const held = new HeldChunks(space, this.#regions, { turns, output, partBytes, window, send });
    const findings = new ChunkFindings(this.#settings.verbose);
    try {
      const job = this.#job(file, held, findings);
      const run = new RecordRun(job);
      const batches = new RecordBatches(run, job, this.#decoder);
      let joined = false;
      for (let chunk = turns.take(); await this.#mayBegin(turns, chunk); chunk = turns.take()) {
        if (!joined) turns.join();
        joined = true;
        if (this.#crowded) {
          this.#regions = this.#room(mostLinesPerByte * chunkBytes);
          held.use(this.#regions);
          this.#crowded = false;
        }
        held.begin(chunk);
        await this.#read(batches, file, chunk, turns);
        if (output === null) await job.output.flush();
        const { size } = findings;
        await held.end(findings.take(), size);
        await pause?.();
      }
      await held.finish();
      const { tally, remainder, read } = run;
      if (joined) send({ kind: 'end', tally, remainder, read });
    } catch (error) {
      await failed(held, error, findings);
    }
  }

  /** Give regions for lines that are free, of so many bytes at least: those that there are, or larger ones. */
  #room(bytes: number): Region[] {
    const { space } = this.#decoder;
    if (this.#regions.some(({ length }) => length >= bytes)) return this.#regions;
    const length = Math.max(bytes, space.outputRegion.length);
    return Array.from({ length: heldChunks + 1 }, () => space.allocate(length));
  }

  /** Wait until it is clear whether there is such a chunk, and where it starts. */
  async #mayBegin(turns: ChunkTurns, chunk: number): Promise<boolean> {
    return this.#settings.format.format === 'fixed' ? turns.has(chunk) : turns.reach('scanning', chunk, chunk);
  }

  /** What becomes of records: good ones leave lines in the space, to be written later; the rest is told. */
  #job({ output: file, partBytes }: ChunkedFile, held: HeldChunks, findings: ChunkFindings): DecodeJob {
    const decoder = this.#decoder;
    const lines = spaceOutput(
      {
        write: async (bytes) => {
          if (file === null) {
            findings.addLines(bytes);
            return;
          }
          await held.own();
          held.write(bytes);
          this.#crowded ||= 2 * bytes.length > decoder.space.outputRegion.length;
        },
        commit: async () => undefined,
        abandon: async () => undefined,
      },
      decoder.space,
      Number.POSITIVE_INFINITY,
    );
    const output: DecodeJob['output'] = {
      ...lines,
      get full(): boolean {
        return lines.full || findings.size >= partBytes;
      },
      async flush(): Promise<void> {
        await lines.flush();
        if (findings.size < partBytes) return;
        await held.own();
        const found = findings.take();
        if (found !== null) await held.tell(found);
      },
    };
    return {
      format: this.#settings.format,
      skipBytes: {},
      decoder: codecDecoder(decoder.codec),
      compiled: decoder,
      where: () => true,
      skip: 0,
      limit: Number.POSITIVE_INFINITY,
      strict: null,
      maxErrors: Number.POSITIVE_INFINITY,
      output,
      quarantine: this.#settings.quarantined ? findings.quarantine : null,
      types: null,
      report: findings.report,
      progress: { update: () => undefined, clear: () => undefined },
    };
  }

  async #read(batches: RecordBatches, file: ChunkedFile, chunk: number, turns: ChunkTurns): Promise<void> {
    const { format } = this.#settings;
    const input: OpenInput = { input: named(file), descriptor: file.descriptor };
    if (format.format === 'fixed') {
      const bytes = fixedChunk(file, format.recordLength);
      const to = chunk === turns.last ? Number.POSITIVE_INFINITY : (chunk + 1) * bytes;
      const part = { from: chunk * bytes, to, step: file.chunkBytes };
      await readFixedRecords(batches, this.#decoder, input, format.recordLength, part);
      return;
    }
    await readWordChunk(batches, input, format, turns.scan, file.chunkBytes, (next) => {
      if (next === null) turns.last = chunk;
      else turns.scan = next;
      turns.pass('scanning', chunk);
    });
  }
}

async function failed(held: HeldChunks, error: unknown, findings: ChunkFindings): Promise<void> {
  if (error instanceof Stopped) return;
  try {
    await held.fail(error, findings.take());
  } catch (again) {
    if (!(again instanceof Stopped)) throw again;
  }
}

/** How far a file is written: bytes and records, more or less. */
export function chunkProgress(file: ChunkedFile, format: ChunkFormat, turns: ChunkTurns): FramingStart {
  if (format.format !== 'fixed') return turns.scan;
  const offset = Math.min(file.size, turns.written * fixedChunk(file, format.recordLength));
  return { offset, records: Math.floor(offset / format.recordLength) };
}

/** The number of the last chunk of a file, when that is known before it is read; −1 when it is not. */
export function lastChunk(file: Pick<ChunkedFile, 'size' | 'chunkBytes'>, format: ChunkFormat): number {
  if (format.format !== 'fixed') return -1;
  return Math.max(0, Math.ceil(file.size / fixedChunk(file, format.recordLength)) - 1);
}

function fixedChunk({ chunkBytes }: Pick<ChunkedFile, 'chunkBytes'>, recordLength: number): number {
  return Math.max(1, Math.floor(chunkBytes / recordLength)) * recordLength;
}

function named({ name, size }: ChunkedFile): InputFile {
  return {
    name,
    size,
    identity: '',
    chunks(): never {
      throw new RangeError('a file that is decoded in chunks is not read from its start');
    },
  };
}
