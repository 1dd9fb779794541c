/** Time as the runtime sees it, so that a test can hold it still. */
export interface Clock {
  /** Milliseconds that never go back and mean nothing by themselves. */
  now(): number;
  /** Wait so long, or until the signal, or until `wake` resolves. */
  wait(milliseconds: number, signal: AbortSignal, wake?: Promise<void>): Promise<void>;
}

/** The clock of this machine. */
export const machineClock: Clock = {
  now: () => performance.now(),
  wait(milliseconds, signal, wake) {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
      void wake?.then(done, done);
    });
  },
};
