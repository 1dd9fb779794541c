import type { ReadLimit, Source, SourceFrame, SourceRead, SourceStatus } from '../streams/source.ts';
import { Wake } from './wake.ts';

interface Position {
  /** Reads of the source that were taken whole, and frames of the next one. */
  readonly reads: number;
  readonly frames: number;
  /** Where the source stands behind those reads. */
  readonly position: string | null;
}

const mostAhead = 4; // reads that the quickest reader may be ahead of the slowest

/**
 * Let several partitions read a source that can be read only once, each all of it. It is read as far as the slowest allows, and hears of a
 * commit when all have made it. What it gives is journalled by each partition as bytes.
 */
export function sharedSource(source: Source, partitions: number): readonly Source[] {
  if (partitions === 1) return [source];
  const hub = new Hub(source, partitions);
  return Array.from({ length: partitions }, (_unused, partition) => new SharedReader(hub, partition));
}

/** What the readers share. Reads are numbered over restarts. */
class Hub {
  readonly source: Source;
  readonly #wakes: readonly Wake[];
  readonly #taken: (number | null)[]; // by partition; `null` when it has not begun, or has left
  readonly #committed: number[];
  readonly #kept = new Map<number, SourceRead>();
  readonly #positions = new Map<number, string>(); // behind so many reads, until all have committed it
  #first: Position = { reads: 0, frames: 0, position: null };
  #known = false;
  #opened = false;
  #waiting = false;
  #left = 0;
  #read = 0;
  #heard = 0;

  constructor(source: Source, partitions: number) {
    this.source = source;
    this.#wakes = Array.from({ length: partitions }, () => new Wake());
    this.#taken = this.#wakes.map(() => null);
    this.#committed = this.#wakes.map(() => 0);
  }

  /** All partitions join before any of them reads. */
  join(position: string | null): void {
    const place = position === null ? null : (JSON.parse(position) as Position);
    this.#read = Math.max(this.#read, (place?.reads ?? 0) + (place !== null && place.frames > 0 ? 1 : 0));
    // The source goes on from where the slowest was: it may tell what that one has missed.
    if (place !== null && (!this.#known || place.reads < this.#first.reads)) this.#first = place;
    this.#known ||= place !== null;
  }

  begin(partition: number): number {
    if (!this.#opened) {
      this.#opened = true;
      this.source.open(this.#first.position);
      this.#heard = this.#read;
      this.#committed.fill(this.#read);
      this.#taken.fill(this.#read);
    }
    return this.#taken[partition] ?? this.#read;
  }

  /** The read of a number, from the source if nobody has asked for it yet; `null` when there is none now. */
  get(number: number, limit: ReadLimit): SourceRead | null {
    if (number < this.#read) return this.#kept.get(number) ?? null;
    if (this.full) return null;
    const read = this.source.read(limit);
    if (read === null) return null;
    this.#kept.set(this.#read++, read);
    this.#positions.set(this.#read, read.position);
    this.#wakeAll();
    return read;
  }

  get full(): boolean {
    return this.#read - this.#slowest(this.#taken) >= mostAhead;
  }

  has(number: number): boolean {
    return number < this.#read;
  }

  took(partition: number, reads: number): void {
    this.#taken[partition] = reads;
    const slowest = this.#slowest(this.#taken);
    for (const number of this.#kept.keys()) if (number < slowest) this.#kept.delete(number);
    this.#wakeAll();
  }

  committed(partition: number, reads: number): void {
    this.#committed[partition] = reads;
    const all = this.#slowest(this.#committed);
    if (all <= this.#heard) return;
    this.#heard = all;
    const position = this.#positions.get(all);
    for (const number of this.#positions.keys()) if (number <= all) this.#positions.delete(number);
    if (position !== undefined) this.source.committed?.(position);
  }

  wait(partition: number): Promise<void> {
    const ready = this.#waiting ? undefined : this.source.ready?.();
    if (ready !== undefined) {
      this.#waiting = true;
      void ready.then(() => {
        this.#waiting = false;
        this.#wakeAll();
      });
    }
    return this.#wakes[partition]?.next() ?? Promise.resolve();
  }

  leave(partition: number): void {
    this.#taken[partition] = Number.POSITIVE_INFINITY;
    this.#left++;
    if (this.#left === this.#wakes.length) this.source.close();
    else this.#wakeAll();
  }

  #slowest(counts: readonly (number | null)[]): number {
    return counts.reduce<number>((least, count) => Math.min(least, count ?? 0), Number.POSITIVE_INFINITY);
  }

  #wakeAll(): void {
    for (const wake of this.#wakes) wake.now();
  }
}

class SharedReader implements Source {
  readonly name: string;
  readonly #hub: Hub;
  readonly #partition: number;
  #reads = -1;
  #frames = 0; // of the read that is being taken
  #position: string | null = null;
  #left = false;

  constructor(hub: Hub, partition: number) {
    this.name = hub.source.name;
    this.#hub = hub;
    this.#partition = partition;
  }

  get status(): SourceStatus {
    if (this.#reads < 0 || this.#hub.has(this.#reads)) return 'reading';
    return this.#hub.full ? 'disconnected' : this.#hub.source.status; // kept waiting by another partition is not silence
  }

  open(position: string | null): void {
    this.#hub.join(position);
  }

  read(limit: ReadLimit): SourceRead | null {
    if (this.#reads < 0) this.#reads = this.#hub.begin(this.#partition);
    const read = this.#hub.get(this.#reads, limit);
    if (read === null) return null;
    const frames = this.#cut(read.frames, limit);
    this.#frames += frames.length;
    if (this.#frames === read.frames.length) {
      this.#hub.took(this.#partition, ++this.#reads);
      this.#frames = 0;
      this.#position = read.position;
    }
    const position: Position = { reads: this.#reads, frames: this.#frames, position: this.#position };
    return { frames, position: JSON.stringify(position), range: null };
  }

  committed(position: string): void {
    if (this.#reads >= 0) this.#hub.committed(this.#partition, (JSON.parse(position) as Position).reads);
  }

  ready(): Promise<void> {
    return this.#hub.wait(this.#partition);
  }

  close(): void {
    if (!this.#left) this.#hub.leave(this.#partition);
    this.#left = true;
  }

  /** What is left of a read, and within the limit: it may have been taken under another one. */
  #cut(frames: readonly SourceFrame[], limit: ReadLimit): readonly SourceFrame[] {
    let end = this.#frames;
    for (let bytes = 0; end < frames.length && end - this.#frames < limit.frames && bytes < limit.bytes; end++) {
      bytes += frames[end]?.bytes.length ?? 0;
    }
    return frames.slice(this.#frames, end);
  }
}
