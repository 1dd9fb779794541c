import type { SurroundedFrame } from '../frames/surrounded-frames.ts';
import type { OriginalFrames } from './original-frames.ts';

/** By what lines and records of the original go together. */
export type Pairing = '_offset' | '_record' | 'order';

/** Finds the record of the original that each line goes with. */
export class OriginalPairs {
  /** Settled by the first line. */
  pairing: Pairing | null = null;
  readonly #originals: OriginalFrames;
  #current: SurroundedFrame | null = null;
  #last = -1; // where the last record passed over stands

  constructor(originals: OriginalFrames) {
    this.#originals = originals;
  }

  /** The record that a value goes with, or what should be there instead. In `order`, every line counts, bad ones too. */
  async find(value: unknown): Promise<SurroundedFrame | string> {
    this.pairing ??= numberIn(value, '_offset') !== null ? '_offset' : numberIn(value, '_record') !== null ? '_record' : 'order';
    if (this.pairing === 'order') {
      this.#current = await this.#originals.next();
      return this.#current ?? `as many lines as ${this.#originals.name} has records, ${this.#originals.read}`;
    }
    const { pairing } = this;
    const wanted = numberIn(value, pairing);
    if (wanted === null) return `a number ${pairing}, as the first line has one`;
    return (await this.#search(pairing, wanted)) ?? `a record of ${this.#originals.name}: none has ${pairing} ${wanted}`;
  }

  /** Count the records that no line has asked for yet; `order` only. */
  async left(): Promise<number> {
    let left = 0;
    while ((await this.#originals.next()) !== null) left += 1;
    return left;
  }

  async #search(pairing: '_offset' | '_record', wanted: number): Promise<SurroundedFrame | null> {
    const place = (frame: SurroundedFrame): number => (pairing === '_offset' ? frame.offset : frame.recordNumber);
    const originals = this.#originals;
    if (this.#current === null && originals.ends !== null && wanted > this.#last) return null;
    // Lines in another order than the records: from the top again.
    if (this.#current === null ? originals.read > 0 : place(this.#current) > wanted) {
      if (!originals.repeatable) return null;
      await originals.restart();
      this.#current = null;
    }
    this.#current ??= await originals.next();
    while (this.#current !== null && place(this.#current) < wanted) {
      this.#last = place(this.#current);
      this.#current = await originals.next();
    }
    return this.#current !== null && place(this.#current) === wanted ? this.#current : null;
  }
}

function numberIn(value: unknown, member: string): number | null {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member)) return null;
  const found: unknown = Reflect.get(value, member);
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : null;
}
