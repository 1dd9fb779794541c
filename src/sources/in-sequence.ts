import type { ReadLimit, Source, SourceFrame, SourceRead } from '../streams/source.ts';
import { sourceLabel } from '../streams/source-label.ts';

interface Position {
  /** Which of the sources is read. */
  readonly source: number;
  /** Where it stands; `null`: at its beginning. */
  readonly position: string | null;
}

interface Range {
  readonly source: number;
  readonly range: string;
}

/**
 * Read several sources as one input, each when the one before it has ended. What an earlier one gets behind its end is not read; the last one
 * goes on, and so do sources that are added behind it.
 */
export function inSequence(name: string, sources: readonly Source[]): Source {
  return new SourceSequence(name, sources);
}

class SourceSequence implements Source {
  readonly name: string;
  readonly label: string;
  readonly #sources: readonly Source[];
  #current = 0;
  #position: string | null = null;
  #opened = -1;

  constructor(name: string, sources: readonly Source[]) {
    this.name = name;
    this.label = labelOf(sources);
    this.#sources = sources;
  }

  get status(): Source['status'] {
    const status = this.#sources[this.#current]?.status ?? 'ended';
    return status === 'ended' && this.#current + 1 < this.#sources.length ? 'reading' : status;
  }

  open(position: string | null): void {
    if (position !== null) {
      const { source, position: inside } = JSON.parse(position) as Position;
      this.#current = Math.min(source, this.#sources.length);
      this.#position = inside;
    }
    this.#openCurrent();
  }

  read(limit: ReadLimit): SourceRead | null {
    for (;;) {
      const source = this.#openCurrent();
      if (source === undefined) return null;
      const read = source.read(limit);
      if (read !== null) {
        this.#position = read.position;
        const place: Position = { source: this.#current, position: read.position };
        const range: Range | null = read.range === null ? null : { source: this.#current, range: read.range };
        return { ...read, position: JSON.stringify(place), range: range === null ? null : JSON.stringify(range) };
      }
      if (source.status !== 'ended' || this.#current + 1 >= this.#sources.length) return null;
      source.close();
      this.#current++;
      this.#position = null;
    }
  }

  ready(): Promise<void> {
    return this.#sources[this.#current]?.ready?.() ?? new Promise(() => undefined); // else it is asked from time to time
  }

  again(range: string): Iterable<SourceFrame> {
    const { source, range: inside } = JSON.parse(range) as Range;
    return this.#sources[source]?.again?.(inside) ?? [];
  }

  committed(position: string): void {
    const { source, position: inside } = JSON.parse(position) as Position;
    if (inside !== null) this.#sources[source]?.committed?.(inside);
  }

  save(position: string): void {
    const { source, position: inside } = JSON.parse(position) as Position;
    if (inside !== null) this.#sources[source]?.save?.(inside);
  }

  close(): void {
    for (const source of this.#sources) source.close();
  }

  #openCurrent(): Source | undefined {
    const source = this.#sources[this.#current];
    if (this.#opened === this.#current) return source;
    source?.open(this.#position);
    this.#opened = this.#current;
    return source;
  }
}

const mostLabels = 3;

/** The files, as far as they are few. */
function labelOf(sources: readonly Source[]): string {
  const labels = sources.map(sourceLabel);
  const others = labels.length - mostLabels;
  return others <= 0 ? labels.join(', ') : `${labels.slice(0, mostLabels).join(', ')} and ${others} more`;
}
