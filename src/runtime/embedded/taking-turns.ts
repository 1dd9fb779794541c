/**
 * Lets somebody else act for a run while that waits for input, and never otherwise: the run goes on when the other one has done.
 */
export class TakingTurns {
  /** Whether the run waits, so that others may act. */
  #away = false;
  /** Whether somebody acts. */
  #acting = false;
  /** Whether somebody acted since the run began to wait. */
  #acted = false;
  #closed = false;
  #failure: { readonly error: unknown } | null = null;
  #waiting: (() => void)[] = [];

  /** Wait for something, and as long as somebody else acts; whether anybody did. Rejects with why what they did was lost. */
  async leave(until: Promise<void>): Promise<boolean> {
    this.#away = true;
    this.#acted = false;
    this.#settle();
    await until;
    while (this.#acting) await this.#change();
    this.#away = false;
    if (this.#failure !== null) throw this.#failure.error;
    return this.#acted;
  }

  /** Wait for the turn to act, and take it; `false` when it never comes. */
  async begin(): Promise<boolean> {
    while (!this.#closed && (!this.#away || this.#acting)) await this.#change();
    if (this.#closed) return false;
    this.#acting = true;
    this.#acted = true;
    return true;
  }

  /** Give the turn back. */
  end(): void {
    this.#acting = false;
    this.#settle();
  }

  /** Give the turn back: what was done meanwhile is not kept, so the run cannot go on. */
  fail(error: unknown): void {
    this.#failure = { error };
    this.end();
  }

  /** The run is over. */
  close(): void {
    this.#closed = true;
    this.#settle();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
