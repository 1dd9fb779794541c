import { Worker } from 'node:worker_threads';
import type { CodecOptions } from '../codec/codec-options.ts';
import type { CompiledDecoder } from '../codec/compiled/create-compiled-decoder.ts';
import { isGzip } from '../frames/gunzip.ts';
import { ChunkDecoder, type ChunkedFile, type ChunkSettings, lastChunk } from './chunk-decoder.ts';
import { unpackFailure } from './chunk-failure.ts';
import type { ChunkPart } from './chunk-part.ts';
import { ChunkTurns } from './chunk-turns.ts';
import type { CrewMessage } from './crew-message.ts';
import type { InputFile } from './input-file.ts';
import { type OpenInput, readStart, withOpenInput } from './open-input.ts';
import { PartQueue } from './part-queue.ts';
import type { DecodeJob, RecordRun, RunCrew } from './record-run.ts';

/** How files are divided, and by whom. */
export interface CrewSettings {
  /** At least; a large file has larger chunks, up to four times as many. */
  readonly chunkBytes: number;
  /** Smaller files are not worth dividing. */
  readonly smallestFile: number;
  /** Bytes that a chunk may have to tell; of more, the rest waits until this has been taken. */
  readonly partBytes: number;
  /** What the other workers run. */
  readonly program: URL;
}

/** The largest number of workers. */
export const mostWorkers = 64;

/** What is usual. */
export const crewSettings: CrewSettings = {
  chunkBytes: 1 << 20, // each costs a tenth of a millisecond besides
  smallestFile: 4 << 20,
  partBytes: 8 << 20,
  program: new URL('./decode-worker.js', import.meta.url),
};

const mostChunks = 256; // before they are larger: each costs something besides
const largestChunk = 4; // times the bytes
const firstTurn = 2; // chunks: each worker may be so many ahead, on average

/**
 * Workers that decode a file together: this thread, and others that read, decode and write chunks on their own. They start when it is
 * made; until they are ready this one works alone.
 *
 * What a run reports, writes and counts is what it would be without them.
 */
export class WorkerCrew implements RunCrew {
  readonly #threads: Worker[] = [];
  readonly #crew: CrewSettings;
  #decoder: ChunkDecoder | null = null;
  #settings: ChunkSettings | null = null;
  #parts: PartQueue | null = null;

  constructor(workers: number, crew: CrewSettings = crewSettings) {
    this.#crew = crew;
    const others = Math.min(workers, mostWorkers) - 1;
    for (let started = 0; started < others; started++) {
      const thread = new Worker(crew.program);
      thread.unref(); // a run that fails before there is work for it ends
      thread.on('message', (part: ChunkPart) => this.#parts?.put(part));
      thread.on('error', (error) => this.#parts?.fail(error));
      this.#threads.push(thread);
    }
  }

  /** Say what there will be to do. */
  prepare(decoder: CompiledDecoder, codec: CodecOptions, settings: ChunkSettings): void {
    this.#decoder = new ChunkDecoder(decoder, settings);
    this.#settings = settings;
    const { layout } = decoder.codec;
    this.#tell({ kind: 'prepare', layout, codec, made: decoder.made, settings });
  }

  /** Decode a file together; `false`, and nothing is done, when that cannot be or is not worth it. Throws what a run throws. */
  async readFile(input: InputFile, run: RecordRun, job: DecodeJob): Promise<boolean> {
    const decoder = this.#decoder;
    const settings = this.#settings;
    const { size } = input;
    if (decoder === null || settings === null || size === null || size < this.#crew.smallestFile) return false;
    return withOpenInput(input, async (open) => {
      const start = readStart(open);
      if (isGzip(start)) return false;
      run.keepSample(start);
      await job.output.flush();
      for (const thread of this.#threads) thread.ref();
      try {
        await this.#divide(decoder, settings, open, size, run, job);
      } catch (error) {
        await this.dismiss(); // before the files are closed that the others may be at
        throw error;
      }
      for (const thread of this.#threads) thread.unref();
      return true;
    });
  }

  /** Let the other workers end. */
  async dismiss(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map((thread) => thread.terminate()));
  }

  async #divide(
    decoder: ChunkDecoder,
    settings: ChunkSettings,
    { input, descriptor }: OpenInput,
    size: number,
    run: RecordRun,
    job: DecodeJob,
  ): Promise<void> {
    const { partBytes } = this.#crew;
    const chunkBytes = this.#chunkBytes(size);
    const output = job.output.target?.shared?.descriptor ?? null;
    const window = firstTurn * (this.#threads.length + 1);
    const file: ChunkedFile = { name: input.name, size, descriptor, output, chunkBytes, partBytes, window };
    const turns = ChunkTurns.start();
    turns.last = lastChunk(file, settings.format);
    const parts = new PartQueue();
    this.#parts = parts;
    this.#tell({ kind: 'file', file, shared: turns.shared });
    const own = decoder.decode(file, turns, (part) => parts.put(part));
    try {
      await enterParts(parts, turns, run, job);
    } finally {
      this.#parts = null;
      turns.stop();
      await own;
    }
  }

  /** Bytes of the chunks of a file. */
  #chunkBytes(size: number): number {
    const { chunkBytes } = this.#crew;
    const times = Math.floor(size / (mostChunks * chunkBytes));
    return chunkBytes * Math.min(Math.max(times, 1), largestChunk);
  }

  #tell(message: CrewMessage): void {
    for (const thread of this.#threads) thread.postMessage(message);
  }
}

/** Enter what the chunks of a file have to tell, in their order, as if it had been found here. */
async function enterParts(parts: PartQueue, turns: ChunkTurns, run: RecordRun, job: DecodeJob): Promise<void> {
  const { output, quarantine, report, progress } = job;
  for (let chunk = 0; ; chunk++) {
    for (let entered = 0; ; entered++) {
      const { lines, quarantine: bad, report: told, end } = await parts.take(chunk);
      for (const bytes of lines) await output.target?.write(bytes);
      for (const text of bad) quarantine?.add(text);
      if (quarantine?.full === true) await quarantine.flush();
      if (told.lines.length > 0) progress.clear();
      report.merge?.(told);
      if (end === null) {
        turns.pass('parts', entered);
        continue;
      }
      if (end.failure !== null) {
        const error = unpackFailure(end.failure);
        throw end.failure.writing ? (output.target?.shared?.failure(error) ?? error) : error;
      }
      run.addPart(end.tally, end.remainder, end.read);
      break;
    }
    progress.update(run.read, run.tally.account.input, run.tally.records);
    if (chunk === turns.last) return;
    turns.resetParts();
    turns.pass('entering', chunk);
  }
}
