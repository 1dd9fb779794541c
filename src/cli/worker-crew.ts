import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { CodecOptions } from '../codec/codec-options.ts';
import type { CompiledDecoder } from '../codec/compiled/create-compiled-decoder.ts';
import { isGzip } from '../frames/gunzip.ts';
import { ChunkDecoder, type ChunkedFile, type ChunkSettings, chunkProgress, lastChunk } from './chunk-decoder.ts';
import { unpackFailure } from './chunk-failure.ts';
import type { ChunkMessage } from './chunk-part.ts';
import { ChunkTurns } from './chunk-turns.ts';
import type { CrewMessage } from './crew-message.ts';
import type { InputFile } from './input-file.ts';
import { type OpenInput, readStart, withOpenInput } from './open-input.ts';
import { PartQueue } from './part-queue.ts';
import type { DecodeJob, RecordRun, RunCrew } from './record-run.ts';

/** How files are divided, and by whom. */
export interface CrewSettings {
  /** More or less: chunks have whole records. */
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
  chunkBytes: 2 << 20, // so few that a file of 1 GiB is decoded before the engine optimises what goes from one to the next
  smallestFile: 4 << 20,
  partBytes: 8 << 20,
  program: new URL('./decode-worker.js', import.meta.url),
};

const partsPerThread = 2; // that may be on their way, on average
const patience = 20; // milliseconds between looks at what else happens, signals above all

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
      thread.on('message', (told: ChunkMessage) => this.#parts?.put(told));
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
    const { chunkBytes, partBytes } = this.#crew;
    const output = job.output.target?.shared?.descriptor ?? null;
    const window = partsPerThread * (this.#threads.length + 1);
    const file: ChunkedFile = { name: input.name, size, descriptor, output, chunkBytes, partBytes, window };
    const turns = ChunkTurns.start();
    turns.last = lastChunk(file, settings.format);
    const parts = new PartQueue();
    this.#parts = parts;
    this.#tell({ kind: 'file', file, shared: turns.shared });
    const before = run.tally.records;
    const pause = pausing(turns, () => {
      const { offset, records } = chunkProgress(file, settings.format, turns);
      job.progress.update(run.read + offset, run.tally.account.input + offset, before + records);
    });
    const own = decoder.decode(file, { turns, send: (message) => parts.put(message), pause });
    try {
      await enterParts(parts, turns, job);
      for (const { tally, remainder, read } of parts.ends) run.addPart(tally, remainder, read);
      job.progress.update(run.read, run.tally.account.input, run.tally.records);
    } finally {
      this.#parts = null;
      turns.stop();
      await own;
    }
  }

  #tell(message: CrewMessage): void {
    for (const thread of this.#threads) thread.postMessage(message);
  }
}

/** Leave the thread to signals now and then, and to parts that wait to be entered. */
function pausing(turns: ChunkTurns, show: () => void): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (turns.isAt('entering', turns.parts) && performance.now() - last < patience) return;
    show();
    await setImmediate();
    last = performance.now();
  };
}

/** Enter what the chunks of a file have to tell, in its order, as if it had been found here. */
async function enterParts(
  parts: PartQueue,
  turns: ChunkTurns,
  { output, quarantine, report, progress }: DecodeJob,
): Promise<void> {
  const isOver = (): boolean => turns.ended && parts.ends.length === turns.joined;
  for (let number = 0; ; number++) {
    const part = await parts.take(number, isOver);
    if (part === null) return;
    for (const bytes of part.lines) await output.target?.write(bytes);
    for (const text of part.quarantine) quarantine?.add(text);
    if (quarantine?.full === true) await quarantine.flush();
    if (part.report.lines.length > 0) progress.clear();
    report.merge?.(part.report);
    const { failure } = part;
    if (failure !== null) {
      const error = unpackFailure(failure);
      throw failure.writing ? (output.target?.shared?.failure(error) ?? error) : error;
    }
    turns.pass('entering', number);
  }
}
