let begun: AbortController | null = null;
let status = 0;

/** Let the first signal end the work in an orderly way instead of at once: what is returned aborts. */
export function drainOnSignals(): AbortSignal {
  begun = new AbortController();
  return begun.signal;
}

/** Begin to drain, if a command wants to and does not do so yet. `exitStatus` is what it ends with. */
export function beginDraining(exitStatus: number): boolean {
  if (begun === null || begun.signal.aborted) return false;
  status = exitStatus;
  begun.abort();
  return true;
}

/** The exit status of the signal that ended the work; 0 when there was none. */
export function drainedStatus(): number {
  return status;
}
