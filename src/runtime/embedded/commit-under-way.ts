/** The commit of a run that is on its way to the disk while the next batch is read and processed: one at the most. */
export class CommitUnderWay {
  #current: Promise<void> | null = null;
  #failure: { readonly error: unknown } | null = null;

  /** Whether there is one. */
  get isThere(): boolean {
    return this.#current !== null;
  }

  /** Note one, and do what has to come after it when it is on disk. The one before is over. */
  begin(durable: Promise<void>, then: () => void): void {
    const current: Promise<void> = durable.then(then).then(
      () => this.#end(current, null),
      (error: unknown) => this.#end(current, { error }),
    );
    this.#current = current;
  }

  /** Resolve when there is none, whatever became of it. */
  async settled(): Promise<void> {
    await this.#current;
  }

  /** Resolve when there is none. Rejects with why one failed, or what came after it. */
  async over(): Promise<void> {
    await this.#current;
    if (this.#failure !== null) throw this.#failure.error;
  }

  #end(current: Promise<void>, failure: { readonly error: unknown } | null): void {
    if (this.#current === current) this.#current = null;
    this.#failure ??= failure;
  }
}
