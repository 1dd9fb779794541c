import type { ChunkPart } from './chunk-part.ts';

/** Brings parts that come from several threads into the order of their chunks. */
export class PartQueue {
  readonly #parts = new Map<number, ChunkPart[]>();
  #failure: { readonly error: unknown } | null = null;
  #wake: () => void = () => undefined;

  put(part: ChunkPart): void {
    const before = this.#parts.get(part.chunk);
    if (before === undefined) this.#parts.set(part.chunk, [part]);
    else before.push(part);
    this.#wake();
  }

  /** Let whoever takes parts throw, now or next. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  /** Wait for the next part of a chunk. */
  async take(chunk: number): Promise<ChunkPart> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure.error;
      const found = this.#parts.get(chunk);
      const part = found?.shift();
      if (found?.length === 0) this.#parts.delete(chunk);
      if (part !== undefined) return part;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
