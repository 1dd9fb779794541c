/** Two things that belong together, or one that has no partner. */
export interface Pair<T> {
  readonly left: T | null;
  readonly right: T | null;
}

/** Pair the n-th with the n-th; of the longer side the rest has no partner. Keeps nothing. */
export async function* pairInOrder<T>(left: AsyncIterable<T>, right: AsyncIterable<T>): AsyncGenerator<Pair<T>> {
  const lefts = left[Symbol.asyncIterator]();
  const rights = right[Symbol.asyncIterator]();
  try {
    for (;;) {
      const first = await lefts.next();
      const second = await rights.next();
      if (first.done === true && second.done === true) return;
      yield { left: first.done === true ? null : first.value, right: second.done === true ? null : second.value };
    }
  } finally {
    await lefts.return?.();
    await rights.return?.();
  }
}
