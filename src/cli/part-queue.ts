import type { ChunkEnd, ChunkMessage, ChunkPart } from './chunk-part.ts';

/** Brings parts that come from several threads into the order of their numbers. */
export class PartQueue {
  readonly #parts = new Map<number, ChunkPart>();
  readonly #ends: ChunkEnd[] = [];
  #failure: { readonly error: unknown } | null = null;
  #wake: () => void = () => undefined;

  put(message: ChunkMessage): void {
    if (message.kind === 'end') this.#ends.push(message);
    else this.#parts.set(message.number, message);
    this.#wake();
  }

  /** What the threads counted that have told all. */
  get ends(): readonly ChunkEnd[] {
    return this.#ends;
  }

  /** Let whoever takes parts throw, now or next. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  /** Wait for the part with a number; `null` when there is none and `isOver`, which is asked whenever something has come. */
  async take(number: number, isOver: () => boolean): Promise<ChunkPart | null> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure.error;
      const part = this.#parts.get(number);
      if (part !== undefined) {
        this.#parts.delete(number);
        return part;
      }
      if (isOver()) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
