import type { Code } from '../../errors.ts';
import type { InputKind } from './stage-sources.ts';

/** What of one input the rewards could not use, for one reason: how often, and what was wrong the first time. */
export interface Refusal {
  /** The input; `coupon-frames` for rewards that cannot be written as a frame. */
  readonly input: InputKind | 'coupon-frames';
  readonly code: Code;
  readonly count: number;
  readonly message: string;
  /** Where it was the first time: the line of a file, the id of an event. */
  readonly place: number | string | null;
}

const longest = 2000; // characters of a message that are kept

/** Counts what is refused, by input and code. */
export class Refusals {
  readonly #found = new Map<string, Refusal>();

  get all(): readonly Refusal[] {
    return [...this.#found.values()];
  }

  /** Count one, or what another partition counted. */
  add(refusal: Refusal): void {
    const key = `${refusal.input} ${refusal.code}`;
    const known = this.#found.get(key);
    const { count, message } = refusal;
    if (known === undefined) this.#found.set(key, { ...refusal, message: message.slice(0, longest) });
    else this.#found.set(key, { ...known, count: known.count + count });
  }

  /** Go back to what was saved. */
  restore(saved: readonly Refusal[]): void {
    this.#found.clear();
    for (const refusal of saved) this.add(refusal);
  }
}
