/// <reference lib="es2024.sharedmemory" />
import type { FramingStart } from '../frames/frame-window.ts';

/**
 * What is done in order: finding where the next chunk starts, writing what was decoded of a chunk, and entering the parts that chunks
 * have to tell.
 */
export type Turn = 'scanning' | 'writing' | 'entering';

const places = { next: 0, last: 1, stopped: 2, scanning: 3, writing: 4, entering: 5, parts: 6, joined: 7 } as const;
const turns = ['scanning', 'writing', 'entering'] as const;
const scanAt = 32; // bytes: behind the counters
const unknown = -1;
const looks = 50; // more would make the loop one that is optimised, which takes longer than any sleep

/**
 * Who may do what with the chunks of a file: counters that the threads of a process share. Chunks are taken in order, by whoever is
 * free, and each kind of turn goes from chunk to chunk, or from part to part.
 *
 * Waiting blocks a thread that has nothing else to do; with `blocks` false it leaves the thread to others.
 */
export class ChunkTurns {
  readonly shared: SharedArrayBuffer;
  readonly #counters: Int32Array;
  readonly #scan: Float64Array;
  /** Whether waiting blocks the thread. */
  readonly blocks: boolean;

  constructor(shared: SharedArrayBuffer, blocks: boolean) {
    this.shared = shared;
    this.#counters = new Int32Array(shared, 0, scanAt / 4);
    this.#scan = new Float64Array(shared, scanAt, 2);
    this.blocks = blocks;
  }

  /** Start with a new file, as the thread that must not be blocked. */
  static start(): ChunkTurns {
    const fresh = new ChunkTurns(new SharedArrayBuffer(scanAt + 16), false);
    Atomics.store(fresh.#counters, places.last, unknown);
    return fresh;
  }

  /** Take the next chunk. */
  take(): number {
    return Atomics.add(this.#counters, places.next, 1);
  }

  /** Tell whether there is such a chunk, as far as that is known, and nobody has let all stop. */
  has(chunk: number): boolean {
    const { last } = this;
    return (last === unknown || chunk <= last) && Atomics.load(this.#counters, places.stopped) === 0;
  }

  /** The number of the last chunk; −1 while it is not known. */
  get last(): number {
    return Atomics.load(this.#counters, places.last);
  }

  set last(chunk: number) {
    Atomics.store(this.#counters, places.last, chunk);
  }

  /** Where the chunk whose turn it is to scan starts. */
  get scan(): FramingStart {
    return { offset: this.#scan[0] ?? 0, records: this.#scan[1] ?? 0 };
  }

  set scan({ offset, records }: FramingStart) {
    this.#scan[0] = offset;
    this.#scan[1] = records;
  }

  /** Chunks that are written. */
  get written(): number {
    return Atomics.load(this.#counters, places.writing);
  }

  /** Whether the last chunk is written. */
  get ended(): boolean {
    const { last } = this;
    return last !== unknown && this.written > last;
  }

  /** Say that one more thread has chunks of the file: before the first of them is written. */
  join(): void {
    Atomics.add(this.#counters, places.joined, 1);
  }

  /** Threads that have, or had, chunks of the file. */
  get joined(): number {
    return Atomics.load(this.#counters, places.joined);
  }

  /** Give the number of the next part: to whoever has the turn to write. */
  numberPart(): number {
    return Atomics.add(this.#counters, places.parts, 1);
  }

  /** Parts that have a number. */
  get parts(): number {
    return Atomics.load(this.#counters, places.parts);
  }

  /** Wait until a turn has come to `count`; `false` when all stop, or there is no such chunk. */
  async reach(turn: Turn, count: number, chunk: number): Promise<boolean> {
    const place = places[turn];
    for (let look = 1; ; look++) {
      const now = Atomics.load(this.#counters, place);
      if (!this.has(chunk)) return false;
      if (now >= count) return true;
      if (look < looks) continue;
      if (this.blocks) {
        Atomics.wait(this.#counters, place, now);
      } else {
        const change = Atomics.waitAsync(this.#counters, place, now);
        if (change.async) await change.value;
      }
    }
  }

  /** Tell whether a turn has come to `count`. */
  isAt(turn: Turn, count: number): boolean {
    return Atomics.load(this.#counters, places[turn]) >= count;
  }

  /** Pass a turn on to the next count. */
  pass(turn: Turn, count: number): void {
    this.#set(turn, count, count + 1);
  }

  /** Let all stop that wait or come. */
  stop(): void {
    Atomics.store(this.#counters, places.stopped, 1);
    // Whoever looked before, and waits only now, must find another number than it saw.
    for (const turn of turns) this.#set(turn, Atomics.load(this.#counters, places[turn]), 0x7fff_ffff);
  }

  #set(turn: Turn, from: number, to: number): void {
    Atomics.compareExchange(this.#counters, places[turn], from, to);
    Atomics.notify(this.#counters, places[turn]);
  }
}
