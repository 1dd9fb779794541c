import type { ReadLimit, Source, SourceFrame, SourceRead, SourceStatus } from '../../src/streams/source.ts';

/** A source of given frames, which can be told what it is and when it has more. */
export class ScriptedSource implements Source {
  readonly name: string;
  readonly frames: SourceFrame[];
  readonly acknowledged: string[] = [];
  /** How many frames there are by now. */
  available: number;
  /** What it is when it has no more. */
  rest: SourceStatus = 'ended';
  reads = 0;
  readonly #ranges: boolean;
  #next = 0;

  constructor(name: string, frames: readonly Uint8Array[], options: { ranges?: boolean } = {}) {
    this.name = name;
    this.frames = frames.map((bytes, index) => ({ bytes, ingested: 1000 + index }));
    this.available = frames.length;
    this.#ranges = options.ranges ?? false;
  }

  get status(): SourceStatus {
    return this.#next < this.available ? 'reading' : this.rest;
  }

  open(position: string | null): void {
    this.#next = Number(position ?? 0);
  }

  read({ frames: most }: ReadLimit): SourceRead | null {
    this.reads++;
    const from = this.#next;
    const frames = this.frames.slice(from, Math.min(from + most, this.available));
    if (frames.length === 0) return null;
    this.#next += frames.length;
    return { frames, position: String(this.#next), range: this.#ranges ? `${from} ${this.#next}` : null };
  }

  again(range: string): SourceFrame[] {
    const [from, to] = range.split(' ').map(Number);
    return this.frames.slice(from, to);
  }

  committed(position: string): void {
    this.acknowledged.push(position);
  }

  close(): void {}
}
