import type { FrameType } from '../frames/catalog/catalog.ts';
import type { FrameHead } from '../frames/catalog/frame-reading.ts';
import { textTable } from './text-table.ts';

interface TypeCount {
  frames: number;
  bytes: number;
  bad: number;
}

/** Counts frames by their type: those that were written or quarantined. */
export class TypeTally {
  readonly #counts = new Map<FrameType | null, TypeCount>();

  add({ type }: FrameHead, bytes: number, bad: boolean): void {
    this.#enter(type, 1, bytes, bad ? 1 : 0);
  }

  /** Count frames of a type that are not bad. */
  addGood(type: FrameType, frames: number, bytes: number): void {
    this.#enter(type, frames, bytes, 0);
  }

  #enter(type: FrameType | null, frames: number, bytes: number, bad: number): void {
    let count = this.#counts.get(type);
    if (count === undefined) {
      count = { frames: 0, bytes: 0, bad: 0 };
      this.#counts.set(type, count);
    }
    count.frames += frames;
    count.bytes += bytes;
    count.bad += bad;
  }

  /** Frames of no type. */
  get untyped(): number {
    return this.#counts.get(null)?.frames ?? 0;
  }

  /** A table in the order of the catalog, frames of no type at its end; `''` without any frame. */
  format(): string {
    if (this.#counts.size === 0) return '';
    const order = ([type]: readonly [FrameType | null, TypeCount]): number => type?.index ?? Number.POSITIVE_INFINITY;
    const rows = [...this.#counts].sort((a, b) => (order(a) < order(b) ? -1 : 1));
    return textTable(
      ['TYPE', 'ROLE', 'FRAMES', 'BYTES', 'BAD', 'TITLE'],
      rows.map(([type, { frames, bytes, bad }]) => [
        type?.name ?? '(none)',
        type?.role ?? '',
        ...[frames, bytes, bad].map((count) => count.toLocaleString('en')),
        type?.title ?? 'of no type of the catalog',
      ]),
      new Set([2, 3, 4]),
    );
  }
}
