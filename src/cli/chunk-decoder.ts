import { setImmediate } from 'node:timers/promises';
import type { CompiledDecoder } from '../codec/compiled/create-compiled-decoder.ts';
import type { WordFormat } from '../frames/word-scanner.ts';
import { packFailure, WriteFailure } from './chunk-failure.ts';
import { ChunkFindings } from './chunk-findings.ts';
import type { ChunkPart } from './chunk-part.ts';
import type { ChunkTurns, Turn } from './chunk-turns.ts';
import { emptyTally } from './decode-tally.ts';
import type { InputFile } from './input-file.ts';
import type { OpenInput } from './open-input.ts';
import { readFixedRecords } from './read-fixed-records.ts';
import { readWordChunk } from './read-word-chunk.ts';
import { RecordBatches } from './record-batches.ts';
import { codecDecoder } from './record-decoder.ts';
import { type DecodeJob, RecordRun } from './record-run.ts';
import { spaceOutput } from './space-output.ts';
import { writeWhole } from './write-whole.ts';

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
  /** Chunks that may be on their way at a time. */
  readonly window: number;
}

const batch = 64 * 1024; // bytes of lines that are worth a write, when it is their turn

/** Thrown when another thread has failed. */
class Stopped extends Error {}

/** Decodes chunks of files, one after the other as they are free. */
export class ChunkDecoder {
  readonly #decoder: CompiledDecoder;
  readonly #settings: ChunkSettings;

  constructor(decoder: CompiledDecoder, settings: ChunkSettings) {
    this.#decoder = decoder;
    this.#settings = settings;
  }

  /** Decode chunks of a file until there are no more. What they have to tell goes to `send`, errors too. */
  async decode(file: ChunkedFile, turns: ChunkTurns, send: (part: ChunkPart) => void): Promise<void> {
    this.#decoder.space.reserveOutput(4 * file.chunkBytes);
    for (;;) {
      const chunk = turns.take();
      if (!(await turns.reach('entering', chunk - file.window, chunk))) return;
      try {
        if (!(await this.#decodeChunk(file, chunk, turns, send))) return;
      } catch (error) {
        if (error instanceof Stopped) return;
        const end = { tally: emptyTally(), remainder: 0, read: 0, failure: packFailure(error) };
        send(new ChunkFindings(false).take(chunk, end));
        return;
      }
      if (!turns.blocks) await setImmediate(); // for signals, and what the others have to tell
    }
  }

  /** Decode a chunk; `false` when there is none. */
  async #decodeChunk(
    file: ChunkedFile,
    chunk: number,
    turns: ChunkTurns,
    send: (part: ChunkPart) => void,
  ): Promise<boolean> {
    const decoder = this.#decoder;
    const { format } = this.#settings;
    const reach = async (turn: Turn, count: number): Promise<void> => {
      if (!(await turns.reach(turn, count, chunk))) throw new Stopped();
    };
    const findings = new ChunkFindings(this.#settings.verbose);
    const lines = spaceOutput(
      {
        write: async (bytes) => {
          if (file.output === null) {
            findings.addLines(bytes);
            return;
          }
          await reach('writing', chunk);
          writeLines(file.output, bytes);
        },
        commit: async () => undefined,
        abandon: async () => undefined,
      },
      decoder.space,
      Number.POSITIVE_INFINITY,
    );
    let sent = 0;
    const output: DecodeJob['output'] = {
      ...lines,
      add: (record) => lines.add(record),
      get full(): boolean {
        if (lines.full || findings.size >= file.partBytes) return true;
        // Memory that is used again at once is still in the cache.
        return decoder.space.output.length >= batch && file.output !== null && turns.has('writing', chunk);
      },
      async flush(): Promise<void> {
        await lines.flush();
        if (findings.size < file.partBytes) return;
        await reach('entering', chunk);
        send(findings.take(chunk, null));
        sent += 1;
        await reach('parts', sent);
      },
    };
    const job: DecodeJob = {
      format,
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
    const run = new RecordRun(job);
    decoder.space.clear();
    if (!(await this.#read(new RecordBatches(run, job, decoder), file, chunk, turns))) return false;
    await lines.flush();
    if (file.output !== null) {
      await reach('writing', chunk);
      turns.pass('writing', chunk);
    }
    const { tally, remainder, read } = run;
    send(findings.take(chunk, { tally, remainder, read, failure: null }));
    return true;
  }

  async #read(batches: RecordBatches, file: ChunkedFile, chunk: number, turns: ChunkTurns): Promise<boolean> {
    const { format } = this.#settings;
    const input: OpenInput = { input: named(file), descriptor: file.descriptor };
    if (format.format === 'fixed') {
      const bytes = fixedChunk(file, format.recordLength);
      const to = chunk === turns.last ? Number.POSITIVE_INFINITY : (chunk + 1) * bytes;
      await readFixedRecords(batches, this.#decoder, input, format.recordLength, chunk * bytes, to);
      return true;
    }
    if (!(await turns.reach('scanning', chunk, chunk))) return false;
    await readWordChunk(batches, input, format, turns.scan, file.chunkBytes, (next) => {
      if (next === null) turns.last = chunk;
      else turns.scan = next;
      turns.pass('scanning', chunk);
    });
    return true;
  }
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

function writeLines(descriptor: number, bytes: Uint8Array): void {
  try {
    writeWhole(descriptor, bytes);
  } catch (error) {
    throw new WriteFailure(error);
  }
}
