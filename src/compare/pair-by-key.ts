import { OverpunchError } from '../errors.ts';
import type { Pair } from './pair-in-order.ts';

/** How things are told apart, and how many may wait. */
export interface KeyRules<T> {
  readonly keyOf: (thing: T) => string;
  /** Bytes a waiting thing takes, without its key. */
  readonly sizeOf: (thing: T) => number;
  /** What is kept of a thing that waits: a copy, where it is a view of something larger. */
  readonly hold: (thing: T) => T;
  /** Bytes of all that wait together. */
  readonly limit: number;
}

const overhead = 200; // bytes of a map entry, its list and the objects around the bytes, roughly

/**
 * Pair what has the same key, the n-th with the n-th where a key repeats. Both sides are read in turns, and what comes first waits
 * for its partner: as far as the sides are in the same order few wait, wherever the keys come from. At the end those without
 * a partner come, the left ones first.
 *
 * Memory is bounded by `limit`. Throws DIFF_MEMORY when more would wait.
 */
export async function* pairByKey<T>(
  left: AsyncIterable<T>,
  right: AsyncIterable<T>,
  rules: KeyRules<T>,
): AsyncGenerator<Pair<T>> {
  const waiting = new Waiting(rules);
  const lefts = left[Symbol.asyncIterator]();
  const rights = right[Symbol.asyncIterator]();
  let leftEnded = false;
  let rightEnded = false;
  try {
    while (!leftEnded || !rightEnded) {
      if (!leftEnded) {
        const next = await lefts.next();
        leftEnded = next.done === true;
        const pair = next.done === true ? null : waiting.takeLeft(next.value);
        if (pair !== null) yield pair;
      }
      if (!rightEnded) {
        const next = await rights.next();
        rightEnded = next.done === true;
        const pair = next.done === true ? null : waiting.takeRight(next.value);
        if (pair !== null) yield pair;
      }
    }
    for (const thing of waiting.lefts.all()) yield { left: thing, right: null };
    for (const thing of waiting.rights.all()) yield { left: null, right: thing };
  } finally {
    await lefts.return?.();
    await rights.return?.();
  }
}

/** What waits on both sides, and how many bytes that is. */
class Waiting<T> {
  readonly lefts: Queues<T> = new Queues();
  readonly rights: Queues<T> = new Queues();
  readonly #rules: KeyRules<T>;
  #bytes = 0;

  constructor(rules: KeyRules<T>) {
    this.#rules = rules;
  }

  takeLeft(thing: T): Pair<T> | null {
    const partner = this.#take(thing, this.rights, this.lefts);
    return partner === null ? null : { left: thing, right: partner };
  }

  takeRight(thing: T): Pair<T> | null {
    const partner = this.#take(thing, this.lefts, this.rights);
    return partner === null ? null : { left: partner, right: thing };
  }

  #take(thing: T, others: Queues<T>, own: Queues<T>): T | null {
    const { keyOf, sizeOf, hold, limit } = this.#rules;
    const key = keyOf(thing);
    const partner = others.shift(key);
    if (partner !== null) {
      this.#bytes -= sizeOf(partner) + 2 * key.length + overhead;
      return partner;
    }
    this.#bytes += sizeOf(thing) + 2 * key.length + overhead;
    if (this.#bytes > limit) {
      throw new OverpunchError('DIFF_MEMORY', `records without a partner take more than ${limit} bytes so far`, {
        hint: 'sort both files by the key, or allow more with --memory MEGABYTES',
      });
    }
    own.push(key, hold(thing));
    return null;
  }
}

/** Things in the order they came, by key. */
class Queues<T> {
  readonly #queues = new Map<string, T[]>();

  push(key: string, thing: T): void {
    const queue = this.#queues.get(key);
    if (queue === undefined) this.#queues.set(key, [thing]);
    else queue.push(thing);
  }

  shift(key: string): T | null {
    const queue = this.#queues.get(key);
    const first = queue?.shift();
    if (queue?.length === 0) this.#queues.delete(key);
    return first ?? null;
  }

  *all(): Generator<T> {
    for (const queue of this.#queues.values()) yield* queue;
  }
}
