import type { DecodingSpace, Region } from '../codec/compiled/decoding-space.ts';
import { packFailure, WriteFailure } from './chunk-failure.ts';
import type { ChunkFound, ChunkMessage } from './chunk-part.ts';
import type { ChunkTurns } from './chunk-turns.ts';
import { writeWhole } from './write-whole.ts';

/** Thrown when another thread has failed. */
export class Stopped extends Error {}

/** How a file's lines are written, and what chunks have to tell is sent. */
export interface ChunkOutlet {
  readonly turns: ChunkTurns;
  /** The file to write lines to. */
  readonly output: number | null;
  /** Bytes that may be held to be told. */
  readonly partBytes: number;
  /** Parts that may be on their way at a time. */
  readonly window: number;
  readonly send: (message: ChunkMessage) => void;
}

interface HeldChunk {
  readonly chunk: number;
  /** Its lines: from the start of a region to an address. They are looked up when they are written: the memory may have grown. */
  readonly region: Region;
  readonly end: number;
  readonly found: ChunkFound | null;
  readonly size: number;
}

/**
 * Holds what was decoded of a thread's chunks until their turn to be written comes, so that the thread can go on with its next one.
 *
 * Each has a region of the space for its lines. Whoever waits for a turn throws `Stopped` when all stop.
 */
export class HeldChunks {
  readonly #space: DecodingSpace;
  #free: Region[];
  readonly #outlet: ChunkOutlet;
  readonly #held: HeldChunk[] = [];
  #size = 0; // of what is to be told
  #chunk = 0;

  /** `free`: regions that lines may go to, one more than chunks are held. All of them are there again when nothing is held. */
  constructor(space: DecodingSpace, free: Region[], outlet: ChunkOutlet) {
    this.#space = space;
    this.#free = free;
    this.#outlet = outlet;
  }

  /** Use other regions, when nothing is held: behind a chunk that had the turn. */
  use(free: Region[]): void {
    this.#free = free;
  }

  /** Begin with a chunk: its lines go to a region that is free. */
  begin(chunk: number): void {
    this.#chunk = chunk;
    // The last one that became free is the likeliest to be in the processor's cache.
    this.#space.useOutput(this.#free.pop() ?? this.#space.outputRegion);
  }

  /** Hold what was decoded of the chunk; then write what can be, and wait while there are no regions, or too much is to be told. */
  async end(found: ChunkFound | null, size: number): Promise<void> {
    const { outputRegion: region, outAddress: end } = this.#space;
    this.#held.push({ chunk: this.#chunk, region, end, found, size });
    this.#size += size;
    while (await this.#release(this.#free.length === 0 || this.#size > this.#outlet.partBytes));
  }

  /** Write all that is held, and leave no lines in the space. */
  async finish(): Promise<void> {
    await this.#releaseAll();
    this.#space.clear();
  }

  /** Get the turn for the chunk that is being decoded: behind all that is held. */
  async own(): Promise<void> {
    await this.#releaseAll();
    await this.#reach(this.#chunk);
  }

  /** Write lines of the chunk that is being decoded, whose turn it is. */
  write(bytes: Uint8Array): void {
    const { output } = this.#outlet;
    if (output === null) return;
    try {
      writeWhole(output, bytes);
    } catch (error) {
      throw new WriteFailure(error);
    }
  }

  /** Tell what was found in the chunk whose turn it is. */
  async tell(found: ChunkFound): Promise<void> {
    await this.#send(found, null);
  }

  /** Tell why there is no more to come, behind all that came before. */
  async fail(error: unknown, found: ChunkFound | null): Promise<void> {
    let first = error;
    try {
      // Who could not write has the turn.
      if (!(error instanceof WriteFailure)) await this.own();
    } catch (earlier) {
      if (earlier instanceof Stopped) throw earlier;
      first = earlier;
    }
    await this.#send(first === error ? found : null, first);
  }

  async #releaseAll(): Promise<void> {
    while (await this.#release(true));
  }

  /** Write the first chunk that is held; `false` when there is none, or its turn has not come and need not be waited for. */
  async #release(wait: boolean): Promise<boolean> {
    const [first] = this.#held;
    if (first === undefined) return false;
    const { chunk, region, end, found, size } = first;
    const { turns } = this.#outlet;
    if (!turns.isAt('writing', chunk)) {
      if (!wait) return false;
      await this.#reach(chunk);
    }
    if (end > region.address) this.write(this.#space.bytes.subarray(region.address, end));
    if (found !== null) await this.#send(found, null);
    this.#held.shift();
    this.#free.push(region);
    this.#size -= size;
    turns.pass('writing', chunk);
    return true;
  }

  async #reach(chunk: number): Promise<void> {
    if (!(await this.#outlet.turns.reach('writing', chunk, chunk))) throw new Stopped();
  }

  async #send(found: ChunkFound | null, error: unknown): Promise<void> {
    const { turns, window, send } = this.#outlet;
    const number = turns.numberPart();
    // Whoever takes them must keep pace.
    if (!(await turns.reach('entering', number - window + 1, 0))) throw new Stopped();
    const nothing: ChunkFound = { lines: [], quarantine: [], report: { lines: [], counts: new Map(), hidden: 0 } };
    send({ kind: 'part', number, ...(found ?? nothing), failure: error === null ? null : packFailure(error) });
  }
}
