/** Tells one who waits that there may be something to read. */
export class Wake {
  #resolve: () => void = () => undefined;

  /** Wait for the next call of `now`. Each call is a promise of its own, so that what waits in vain is not remembered. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  readonly now = (): void => this.#resolve();
}
