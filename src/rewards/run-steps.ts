import { setImmediate } from 'node:timers/promises';

const usualSlice = 4; // ms

/** Run work that yields now and then to its end, at once. */
export function runSteps<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same, but other work has its turn every few milliseconds (`slice`, default 4). Rejects with what the work throws. */
export async function runInSlices<Result>(steps: Generator<void, Result>, slice: number = usualSlice): Promise<Result> {
  for (let started = performance.now(); ; ) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - started < slice) continue;
    await setImmediate();
    started = performance.now();
  }
}
