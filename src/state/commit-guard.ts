import type { CommitPart } from './environment.ts';

/** Knows whether a commit is under way, and refuses what does not go with that: all of it mistakes of the program. */
export class CommitGuard {
  #open = true;
  #committing = false;
  readonly #parts: CommitPart[] = [];

  /** Let somebody take part in every commit. */
  attend(part: CommitPart): void {
    this.checkOutside('nobody can join');
    this.#parts.push(part);
  }

  /** Whether a commit is under way. */
  get committing(): boolean {
    return this.#committing;
  }

  /** Do the work of a commit; commits do not nest. `over` is to be called when it is over. */
  during<Result>(work: () => Result): Result {
    this.#committing = true;
    try {
      for (const part of this.#parts) part.begin();
      const result = work();
      const then = typeof result === 'object' && result !== null && 'then' in result;
      if (then) throw new RangeError('the work of a commit is synchronous: it cannot return a promise');
      for (const part of this.#parts) part.write();
      return result;
    } finally {
      this.#committing = false;
    }
  }

  /** A commit is over: all of it is kept, or nothing. */
  over(kept: boolean): void {
    for (const part of this.#parts) part.done(kept);
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
