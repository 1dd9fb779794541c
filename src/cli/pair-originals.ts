import type { SurroundedFrame } from '../frames/surrounded-frames.ts';
import type { OriginalFrames } from './original-frames.ts';

/** By what lines and records of the original go together. */
export type Pairing = '_offset' | '_record' | 'order';

/** Finds the record of the original that each line goes with. */
export class OriginalPairs {
  /** Settled by the first line. */
  pairing: Pairing | null = null;
  readonly #originals: OriginalFrames;
  /** There were more lines than records, in order. */
  exceeded = false;
  /** Lines without a record since the last one with. */
  passed = 0;
  #current: SurroundedFrame | null = null;
  #last = -1; // where the last record passed over stands

  constructor(originals: OriginalFrames) {
    this.#originals = originals;
  }

  /** The record that a value goes with, or what should be there instead. */
  async find(value: unknown): Promise<SurroundedFrame | string> {
    this.pairing ??= pairingOf(value);
    if (this.pairing === 'order') {
      for (; this.passed > 0; this.passed -= 1) await this.#originals.next();
      this.#current = await this.#originals.next();
      if (this.#current !== null) return this.#current;
      this.exceeded = true;
      return `as many lines as ${this.#originals.name} has records, ${this.#originals.read}`;
    }
    const { pairing } = this;
    const wanted = numberIn(value, pairing);
    if (wanted === null) return `a number ${pairing}, as the first line has one`;
    return (
      (await this.#search(pairing, wanted)) ?? `a record of ${this.#originals.name}: none has ${pairing} ${wanted}`
    );
  }

  /** A line came that is no record: in order it counts all the same. */
  pass(): void {
    this.passed += 1;
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

function pairingOf(value: unknown): Pairing {
  if (numberIn(value, '_offset') !== null) return '_offset';
  return numberIn(value, '_record') === null ? 'order' : '_record';
}

function numberIn(value: unknown, member: string): number | null {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member)) return null;
  const found: unknown = Reflect.get(value, member);
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : null;
}
