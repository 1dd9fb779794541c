/** Knows whether a commit is under way, and refuses what does not go with that: all of it mistakes of the program. */
export class CommitGuard {
  #open = true;
  #committing = false;

  /** Whether a commit is under way. */
  get committing(): boolean {
    return this.#committing;
  }

  /** Do the work of a commit; commits do not nest. */
  during<Result>(work: () => Result): Result {
    this.#committing = true;
    try {
      const result = work();
      const then = typeof result === 'object' && result !== null && 'then' in result;
      if (then) throw new RangeError('the work of a commit is synchronous: it cannot return a promise');
      return result;
    } finally {
      this.#committing = false;
    }
  }

  /** Check that a commit can begin. */
  checkBegin(): void {
    this.checkOpen();
    if (this.#committing) throw new RangeError('commits do not nest');
  }

  /** Check that a commit is under way. */
  checkWriting(): void {
    this.checkOpen();
    if (!this.#committing) throw new RangeError('a table is changed inside of a commit only');
  }

  /** Check that no commit is under way. */
  checkOutside(what: string): void {
    this.checkOpen();
    if (this.#committing) throw new RangeError(`${what} inside of a commit`);
  }

  checkOpen(): void {
    if (!this.#open) throw new RangeError('the environment is closed');
  }

  close(): void {
    this.#open = false;
  }

  get open(): boolean {
    return this.#open;
  }
}
