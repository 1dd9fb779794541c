import { setImmediate } from 'node:timers/promises';

const usualSlice = 1; // ms: what is collected as garbage meanwhile is added to it
const usualWork = 1000; // items between two yields

/** Run work that yields now and then to its end, at once. */
export function runSteps<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same, but other work has its turn every few milliseconds (`slice`, default 1). Rejects with what the work throws. */
export async function runInSlices<Result>(steps: Generator<void, Result>, slice: number = usualSlice): Promise<Result> {
  for (let started = performance.now(); ; ) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - started < slice) continue;
    await setImmediate();
    started = performance.now();
  }
}

/** Make something of each item of a list, so many (default 1,000) between two yields. */
export function* mapInSteps<Item, Result>(
  items: ArrayLike<Item>,
  make: (item: Item, index: number) => Result,
  work: number = usualWork,
): Generator<void, Result[]> {
  const made: Result[] = [];
  for (let index = 0; index < items.length; index++) {
    made.push(make(items[index] as Item, index));
    if (made.length % work === 0) yield;
  }
  return made;
}
